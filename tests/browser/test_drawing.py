"""datasette-vega draws the rows of a table or a query, on the page that is there for it."""

import pytest
from test_accessibility import violations

# Whether many points of the drawing are dark: a canvas stands there a moment before it is drawn on
INKED = """
() => {
  const canvas = document.querySelector(".drawn canvas");
  if (!canvas?.width) return false;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] && data[at] < 150) inked += 1;
  return inked > 1000;
}
"""
SQL = "select kind, count(*) as claims from claims group by kind"


@pytest.fixture
def refused(page):
    """What the policy of a page has refused."""
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    return refused


def draw(page, x, y):
    page.get_by_label("X column").select_option(x)
    page.get_by_label("Y column").select_option(y)
    page.get_by_label("Bar").check()
    page.wait_for_function(INKED)


@pytest.mark.parametrize(
    ("rows", "x", "y"), [("claims?kind=direct", "id", "start_char"), (f"?sql={SQL}", "kind", "claims")]
)
def test_a_reader_draws_the_rows_of_a_page(tiny_site, page, refused, rows, x, y):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{tiny_site}/news/{rows}".replace("/?", "?"))
    assert not any("datasette_vega" in url for url in asked)
    page.get_by_text("Chart these rows").click()
    page.get_by_role("link", name="draw them as you like").click()
    page.get_by_role("heading", name="Charting options").wait_for()
    draw(page, x, y)
    assert violations(page) == [] and refused == []
    page.get_by_role("link", name="these rows").first.click()
    page.get_by_role("table").first.wait_for()
    assert page.url.startswith(tiny_site + "/news") and "/-/draw" not in page.url


def test_a_drawing_can_be_shared(site, page, refused):
    page.goto(
        f"{site}/-/draw/news/parts_of_articles"
        "#g.mark=bar&g.x_column=role&g.x_type=ordinal&g.y_column=words&g.y_type=quantitative"
    )
    page.wait_for_function(INKED)
    assert refused == []


def test_links_within_the_page_lead_where_they_say(tiny_site, page):
    """datasette-vega takes them for links to another drawing of these rows."""
    page.goto(f"{tiny_site}/-/draw/news/claims#g.x_type=ordinal")
    page.get_by_role("heading", name="Charting options").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    assert page.evaluate("document.activeElement.id") == "content"


# Later, when it is no longer the test that evaluates
EVALUATE = """
() => new Promise((tell) => setTimeout(() => {
  try { tell(new Function("return 'evaluated'")()); } catch (error) { tell(error.message); }
}))
"""


@pytest.mark.parametrize(
    ("path", "words"),
    [("/news/claims", "Policy"), ("/news?sql=select+1", "Policy"), ("/-/draw/news/claims", "evaluated")],
)
def test_one_page_alone_may_evaluate_strings(tiny_site, page, path, words):
    page.goto(tiny_site + path)
    assert words in page.evaluate(EVALUATE)
