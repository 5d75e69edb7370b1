"""Draws every kind of page, wide and on a phone, in light and in the dark, into screenshots/.

    python tests/browser/screenshots.py [DATABASE]

Without a database it draws the first edition and, where that has no such row yet, the tiny edition of the tests.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/browser")]

from browsing import open_browser, serve  # noqa: E402
from front_door import TINY, build  # noqa: E402
from page_kinds import page_kinds  # noqa: E402
from sqlite_utils import Database  # noqa: E402

FOLDER = ROOT / "screenshots"


def draw(browser, url, kinds, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for kind, path in kinds.items():
        page.goto(url + path)
        page.screenshot(path=FOLDER / f"{kind}-{width}-{scheme}.png", full_page=True)
    page.close()


def draw_all(browser, database, kinds):
    with serve(database) as url:
        for width in (1280, 360):
            for scheme in ("light", "dark"):
                draw(browser, url, kinds, width, scheme)


def main():
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, open_browser() as browser:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        edition = Database(given) if given else build(ROOT / "seeds", Path(folder) / "news.db")
        kinds = page_kinds(edition)
        draw_all(browser, edition, kinds)
        (Path(folder) / "tiny").mkdir()
        tiny = build(TINY, Path(folder) / "tiny/news.db")
        missing = {kind: path for kind, path in page_kinds(tiny).items() if kind not in kinds}
        if missing:
            draw_all(browser, tiny, missing)
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
