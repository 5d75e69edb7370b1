"""What the SQL page says of functions that only servers have, and only browsers, is so."""

import re

from static_answers import static_refusals

from news_site.sql.functions import IN_BROWSERS, REFUSED

NAMES = "select distinct name from pragma_function_list order by name"
ASKED = """
async ([root, sql]) => {
  const { openSite } = await import(document.querySelector('script[src$="queries/show/page.js"]').src.replace("show/page", "engine/site"));
  const { rows } = await (await openSite()).engine.query(sql, {}, Infinity);
  return rows.map(([name]) => name);
}
"""


def listed(client, path="/news"):
    """The functions that the page names, by who has them."""
    page = client.get(path).text.partition('class="functions"')[2].partition("</details>")[0]
    return {
        who: re.findall("<code>(.*?)</code>", names)
        for who, names in re.findall("<dt>(.*?)</dt>(.*?)</dd>", page, re.DOTALL)
    }


def test_the_list_is_that_of_browsers(page, folder_url):
    page.goto(f"{folder_url}/news/claims/")
    assert set(page.evaluate(ASKED, [folder_url, NAMES])) - REFUSED == IN_BROWSERS


def test_the_page_names_what_differs(client):
    rows = client.get(f"/news.json?sql={NAMES.replace(' ', '+')}&_shape=arrayfirst").json()
    live = set(rows) - REFUSED
    expected = {"Servers only": sorted(live - IN_BROWSERS), "Browsers only": sorted(IN_BROWSERS - live)}
    assert listed(client) == {who: names for who, names in expected.items() if names}
    assert listed(client, "/news?sql=select+1") == listed(client)


def test_what_is_named_is_refused_by_the_other(page, folder_url, client):
    page.goto(f"{folder_url}/news/claims/")
    names = listed(client)
    asked = [("news", f"sql=select {name}()") for name in names.get("Servers only", [])]
    assert all("no such function" in said for said in static_refusals(page, folder_url, asked))
    for name in names.get("Browsers only", []):
        said = client.get(f"/news.json?sql=select+{name}()&_shape=array").json()["error"]
        assert "no such function" in said or "syntax error" in said, name
