"""The commands: python -m build [database | extract | draft | site]."""

import json
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from sqlite3 import Error as SQLiteError

import click

from .core.outputs import NotOurs
from .core.problems import Problem, Problems, list_problems
from .core.tables import Dataset
from .core.workers import KilledWorker
from .editorial.editorial import read_editorial, read_sidecar
from .editorial.entries import Sidecar
from .editorial.meanings import read_meanings
from .extractor.versions import Versions, current
from .output.database import write
from .output.drafts import check_missing, write_draft
from .output.drafts import draft as draft_sidecar
from .reading.seeds import Seed, find_seeds, passed_over, read_seed, read_seeds
from .reading.web import name_web_signs
from .rows.articles import NO_SIDECAR, make_article
from .rows.check import check
from .rows.dataset import assemble
from .rows.extractions import extract_all, extract_task, needed
from .rows.known import registries

METADATA = Path(__file__).parent.parent / "metadata.yml"
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Turns seeds/ into news.db, and news.db into a site. Without a command: `database` with its defaults."""
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
@click.option(
    "--workers", type=click.IntRange(1), default=os.cpu_count(), show_default=True, help="Processes that extract."
)
@click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    default=METADATA,
    help="What the tables and columns mean.  [default: metadata.yml]",
)
@click.option("--no-cache", is_flag=True, help="Extract anew what was extracted before.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Build without articles that cannot be built; these are named, the exit code is 1.",
)
def database(folder: Path, output: Path, workers: int, metadata: Path, no_cache: bool, keep_going: bool) -> None:
    """Build the SQLite database from a folder of seeds."""
    for sentence in passed_over(folder):
        click.echo(sentence, err=True)
    with problems_in_sentences():
        left_out: list[Problem] = []
        make = partial(build_dataset, folder, workers, not no_cache, metadata)
        dataset = build_what_is_good(make, folder, left_out) if keep_going else make()
        write(output, dataset)
    for sentence in (*found_in_seeds(folder), *undated(dataset)):
        click.echo(sentence, err=True)
    click.echo(summarize(dataset))
    click.echo(f"{output}: {output.stat().st_size / 1000:,.0f} kB")
    if left_out:
        lines = [f"{len(left_out)} problem(s); {output} was built without these articles", *list_problems(left_out)]
        raise click.ClickException("\n".join(lines))


def found_in_seeds(folder: Path) -> Iterator[str]:
    """A sentence for each trace of a web page in an article; it is built all the same."""
    for seed in read_seeds(folder, Problems()):
        yield from name_web_signs(seed)


def undated(dataset: Dataset) -> Iterator[str]:
    """How many articles do not say when they were published."""
    unknown = sum(article.published is None for article in dataset.articles)
    if unknown:
        yield (
            f"{unknown} of {len(dataset.articles)} articles without a date: their weekdays and other relative days "
            "stay unknown; give `published` in the sidecar"
        )


@main.command()
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day from which relative dates count.")
@FILES
def extract(published: datetime | None, files: tuple[Path, ...]) -> None:
    """Print what the extractor finds in each FILE, one JSON line a file, nothing curated.

    A FILE that cannot be read is named and passed over, and the exit code is 1.
    """
    failed = False
    for path in files:
        try:
            with problems_in_sentences():
                seed, stated = read_article(path)
                found = extract_task((seed, f"{published:%Y-%m-%d}" if published else stated.published))
        except click.ClickException as error:
            error.show()
            failed = True
        else:
            click.echo(json.dumps({"file": path.name, **asdict(found)}, ensure_ascii=False))
    sys.exit(failed)


@main.command()
@FILES
def draft(files: tuple[Path, ...]) -> None:
    """Write the extractor's proposals for each FILE into its sidecar, FILE.yml, for review.

    People whom people.yml or another sidecar of the folder knows are recognised. A sidecar that is there is never
    overwritten.
    """
    for path in files:
        sidecar = path.with_suffix(".yml")
        with problems_in_sentences():
            check_missing(sidecar)
            seed, stated = read_article(path)
            ignored = Problems()  # those of other files; the build names them
            editorial = read_editorial(path.parent, read_seeds(path.parent, ignored), ignored)
            known = registries(editorial)
            found = extract_task((seed, stated.published))
            write_draft(sidecar, draft_sidecar(*make_article(seed, stated), stated, found, known))
        click.echo(f"{sidecar}: review it, then build")


def check_url(_context: click.Context, _option: click.Parameter, url: str) -> str:
    """Where a site stands, ending in a slash: links in 404.html and sitemap.xml begin so."""
    if not re.fullmatch(r"(/(?!/)|https?://[^/])[^\s?#]*", url):
        raise click.BadParameter(f"{url} is not where a site stands: write https://example.org/folder/ or /folder/")
    return url.rstrip("/") + "/"


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
    help="The folder to fill, only when every page and link is good; what else is in it stays.",
)
@click.option(
    "--url",
    callback=check_url,
    default="/",
    show_default=True,
    help="Where the site will stand, for sitemap.xml and 404.html: https://example.org/folder/",
)
@click.option(
    "--workers", type=click.IntRange(1), default=os.cpu_count(), show_default=True, help="Processes that bake."
)
def site(database_file: Path, output: Path, url: str, workers: int) -> None:
    """Bake the static site: every page and download as a file."""
    # Datasette takes a second to import, and only this command needs it
    from .site.application import SiteError
    from .site.bake import bake_site

    with progress_bar("Pages") as progress:
        try:
            files = bake_site(database_file, output, url, workers, progress)
        except (NotOurs, SiteError, KilledWorker) as error:
            raise click.ClickException(f"{error}; {output} is as it was") from None
        except (OSError, SQLiteError) as error:  # a full disk, a file that is damaged
            raise click.ClickException(f"{database_file} could not be baked ({error}); {output} is as it was") from None
    click.echo(f"{output}: {files:,} files")


def read_article(path: Path) -> tuple[Seed, Sidecar]:
    """A seed and what its sidecar or front matter states."""
    problems = Problems()
    if not path.is_file():
        raise click.ClickException(f"{path}: there is no such file")
    seed = read_seed(path)
    sidecar = read_sidecar(seed, problems)
    problems.stop_if_any()
    return seed, sidecar or NO_SIDECAR


@contextmanager
def progress_bar(label: str, shown: bool = True) -> Iterator[Callable[[int], None]]:
    """Shows how much is done, how fast, and the time left; what it yields is told after each step how many are left."""
    hidden = not (shown and sys.stderr.isatty())
    with click.progressbar(length=1, label=label, show_pos=True, file=sys.stderr, hidden=hidden) as bar:

        def advance(left: int) -> None:
            bar.length = bar.pos + 1 + left
            if bar.time_per_iteration:
                bar.label = f"{label}, {1 / bar.time_per_iteration:.1f} a second"
            bar.update(1)

        yield advance


@contextmanager
def problems_in_sentences() -> Iterator[None]:
    """Ends the command with exit code 1 and a line for each problem; no traceback."""
    try:
        yield
    except Problem as problem:
        raise click.ClickException(str(problem)) from None
    except KilledWorker as error:
        raise click.ClickException(f"{error}; nothing was written") from None
    except ExceptionGroup as group:
        problems = [problem for problem in group.exceptions if isinstance(problem, Problem)]
        lines = [f"{group.message}; nothing was written", *list_problems(problems)]
        raise click.ClickException("\n".join(lines)) from None


def build_dataset(
    folder: Path,
    workers: int = 1,
    cached: bool = False,
    metadata: Path = METADATA,
    without: Collection[str] = (),
) -> Dataset:
    """Reads a folder, but for articles of some names, and makes all rows; raises ExceptionGroup with every Problem."""
    problems = Problems()
    seeds = read_seeds(folder, problems, without)
    editorial = read_editorial(folder, seeds, problems)
    problems.stop_if_any()
    tasks = needed(seeds, editorial)
    with progress_bar("Extracting", shown=bool(tasks)) as progress:
        left = iter(range(len(tasks) - 1, -1, -1))
        extracted = extract_all(tasks, workers, cached, lambda: progress(next(left)))
    meanings = read_meanings(metadata)
    dataset = assemble(seeds, editorial, extracted, current() if tasks else Versions(), problems)
    problems.stop_if_any()
    check(dataset, seeds, problems)
    problems.stop_if_any()
    return replace(dataset, dictionary=meanings)


def build_what_is_good(make: Callable[..., Dataset], folder: Path, left_out: list[Problem]) -> Dataset:
    """The rows of all articles with which nothing is wrong; what is wrong with the others goes to `left_out`. Raises
    ExceptionGroup where something is wrong with what all of them share."""
    articles = {path.stem for path in find_seeds(folder)}
    bad: set[str] = set()
    while True:
        try:
            return make(without=bad)
        except ExceptionGroup as group:
            problems = [problem for problem in group.exceptions if isinstance(problem, Problem)]
            blamed = {problem.where.path.stem for problem in problems}
            if not blamed <= articles - bad:
                raise
            bad |= blamed
            left_out += problems


def summarize(dataset: Dataset) -> str:
    """A line for each table with its number of rows."""
    counts = {table.name: len(getattr(dataset, table.name)) for table in fields(dataset)}
    width = max(map(len, counts))
    return "\n".join(f"{name:{width}} {count:>9,}" for name, count in counts.items() if count)


if __name__ == "__main__":
    main(prog_name="python -m build")
