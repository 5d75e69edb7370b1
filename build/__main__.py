"""The commands: python -m build [database | extract]."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import click

from .check import check
from .database import write
from .dataset import assemble
from .editorial import read_editorial, read_sidecar
from .problems import Problem, Problems
from .records import Dataset
from .seeds import read_seed, read_seeds


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
    "--published", type=click.DateTime(["%Y-%m-%d"]), help="The day from which relative dates count."
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
def extract(published: datetime | None, files: tuple[Path, ...]) -> None:
    """Print what the extractor finds in each FILE, one JSON line a file, nothing curated."""
    from .extraction import extract as extract_from  # loads the language model, which takes seconds

    for path in files:
        with problems_in_sentences():
            problems = Problems()
            seed = read_seed(path)
            sidecar = read_sidecar(seed, problems)
            problems.stop_if_any()
            stated = sidecar.published if sidecar else None
            found = extract_from(seed, f"{published:%Y-%m-%d}" if published else stated)
        click.echo(json.dumps({"file": path.name, **found}, ensure_ascii=False))


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
