"""The commands: python -m build [database | site]."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import click

from .check import check
from .database import write
from .dataset import assemble
from .editorial import read_editorial
from .problems import Problem, Problems
from .records import Dataset
from .seeds import read_seeds


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Turns seeds/ into news.db. Without a command: `database` with its defaults."""
    if context.invoked_subcommand is None:
        context.invoke(database)


@main.command()
@click.option(
    "--seeds",
    "folder",
    type=click.Path(path_type=Path),
    default="seeds",
    show_default=True,
    help="The folder of articles (*.txt, *.md) and editorial files (*.yml).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="news.db",
    show_default=True,
    help="The SQLite file to write; replaced only when the whole build has succeeded.",
)
def database(folder: Path, output: Path) -> None:
    """Build the SQLite database from a folder of seeds."""
    with problems_in_sentences():
        dataset = build_dataset(folder)
        write(output, dataset)
    click.echo(summarize(dataset))
    click.echo(f"{output}: {output.stat().st_size / 1000:,.0f} kB")


@main.command()
@click.option(
    "--database",
    "database_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="news.db",
    show_default=True,
    help="The SQLite file to bake.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="The folder to fill; replaced only when every page and link is good.",
)
@click.option(
    "--url",
    default="/",
    show_default=True,
    help="Where the site will stand, for sitemap.xml and 404.html: https://example.org/folder/",
)
def site(database_file: Path, output: Path, url: str) -> None:
    """Bake the static site: every page and download as a file."""
    # Datasette takes a second to import, and only this command needs it
    from .site import SiteError, bake_site

    with progress_bar("Files") as progress:
        try:
            files = asyncio.run(bake_site(database_file, output, url.rstrip("/") + "/", progress))
        except (SiteError, OSError) as error:
            raise click.ClickException(f"{error}; {output} is as it was") from None
    click.echo(f"{output}: {files:,} files")


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int], None]]:
    """Shows how much is done; what it yields is told after each step how many are left."""
    with click.progressbar(
        length=1, label=label, show_pos=True, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def advance(left: int) -> None:
            bar.length = bar.pos + 1 + left
            bar.update(1)

        yield advance


@contextmanager
def problems_in_sentences() -> Iterator[None]:
    """Ends the command with exit code 1 and a line for each problem; no traceback."""
    try:
        yield
    except Problem as problem:
        raise click.ClickException(str(problem)) from None
    except ExceptionGroup as group:
        lines = [
            f"{len(group.exceptions)} problem(s); nothing was written",
            *map(str, group.exceptions),
        ]
        raise click.ClickException("\n".join(lines)) from None


def build_dataset(folder: Path) -> Dataset:
    """Reads a folder and makes all rows; raises ExceptionGroup with every Problem found."""
    problems = Problems()
    seeds = read_seeds(folder, problems)
    editorial = read_editorial(folder, seeds, problems)
    problems.stop_if_any()
    with click.progressbar(
        seeds, label="Articles", show_pos=True, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        dataset = assemble(bar, editorial, problems)
    problems.stop_if_any()
    check(dataset, seeds, problems)
    problems.stop_if_any()
    return dataset


def summarize(dataset: Dataset) -> str:
    """A line for each table with its number of rows."""
    counts = {table.name: len(getattr(dataset, table.name)) for table in fields(dataset)}
    width = max(map(len, counts))
    return "\n".join(f"{name:{width}} {count:>9,}" for name, count in counts.items() if count)


if __name__ == "__main__":
    main(prog_name="python -m build")
