"""Asks the live site and a page of the static one the same addresses, and puts both answers into one form."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from news_site.search.showing import as_json
from news_site.site.assets import path_of

ADDED = {"_shape": "objects", "_labels": "on", "_nosuggest": "1"}

# The scripts of the site's folder `root`
LOAD = f"const load = (file) => import(`${{root}}{path_of('queries/${file}.js')}`);"

# Runs in the page. Rows become objects as Datasette's JSON has them; a whole real number stays a number.
ANSWER = """
async ([root, asked, suggests]) => {
  LOAD
  const [{ openSite }, { answer }] = await Promise.all([load("engine/site"), load("answer/answer")]);
  window.site ??= await openSite();
  const cell = (value, column, labels) =>
    value !== null && labels?.[column]?.has(value) ? { value, label: labels[column].get(value) } : value;
  const table = ({ columns, rows, labels, count, facets, next, nextUrl, words, sql, suggested }) => ({
    columns, count, facets, next, nextUrl, words, sql, suggested,
    rows: rows.map((row) => Object.fromEntries(row.map((value, i) => [columns[i], cell(value, columns[i], labels)]))),
  });
  const show = async (found) => {
    if (suggests) found.suggested = await found.suggest();
    if (found?.kind === "redirect") return { redirect: found.target };
    return found?.kind === "search" ? { search: found } : found && table(found);
  };
  const answers = [];
  for (const [path, search] of asked) {
    const found = await answer(path, search, window.site).then(show, (error) => ({ error: error.message }));
    answers.push(JSON.parse(JSON.stringify(found ?? null)));
  }
  return answers;
}
""".replace("LOAD", LOAD)


def query_of(url):
    """What a link asks for, without what was added to have JSON."""
    query = urlsplit(url).query if url else ""
    return [pair for pair in parse_qsl(query, keep_blank_values=True) if ADDED.get(pair[0]) != pair[1]]


def sources_of(value):
    """According to whom: numbers and the first articles; in JSON the live site gives all."""
    if "sources" not in value:
        return None
    articles = [
        (*(source[part] for part in ("id", "title", "source", "date", "text")), source_path(source))
        for source in value["sources"][:5]
    ]
    return value["articles"], value["origins"], articles


def source_path(source):
    return source["url"].removeprefix("/news/") if "url" in source else source["path"].replace("/#", "#").rstrip("/")


def facets_of(results, link):
    """Each facet's name, kind and values in order, with the labels and where the links lead."""
    return [
        {
            "name": facet["name"],
            "type": facet["type"],
            "hideable": facet["hideable"],
            "truncated": facet["truncated"],
            "toggle": query_of(facet[link]),
            "message": facet.get("message"),
            "results": [
                (value["value"], value["label"], value["count"], value["selected"], query_of(value[link]), sources)
                for value in facet["results"]
                for sources in [sources_of(value)]
            ],
        }
        for facet in sorted(results, key=lambda facet: (len(facet["results"]), facet["name"], facet["type"]))
    ]


def live_redirect(client, path, query):
    """Where a redirect leads in the end."""
    answer = live_answer(client, path, query) or {}
    return {"redirect": answer["redirect"]} if "redirect" in answer else {}


def live_answer(client, path, query):
    if path == "/-/search":
        return live_search(client, query)
    response = client.get(f"{path}.json?{query}&{urlencode(ADDED)}" if query else f"{path}.json?{urlencode(ADDED)}")
    if response.status_code == 302:
        target = urlencode(query_of(response.headers["location"]))
        return {"redirect": query_of(f"?{target}"), **live_redirect(client, path, target)}
    if response.status_code >= 500:
        return None  # a fault of Datasette's own
    if response.status_code != 200:
        return {"error": True}
    found = response.json()
    answer = {"columns": found["columns"], "rows": found["rows"], "sql": found["query"]["sql"]}
    if "filtered_table_rows_count" not in found:
        return answer
    return answer | {
        "count": found["filtered_table_rows_count"],
        "words": found["human_description_en"],
        "next": found["next"],
        "next_url": query_of(found["next_url"]),
        "facets": facets_of(found["facet_results"].values(), "toggle_url"),
    }


def live_search(client, query):
    response = client.get(f"/-/search.json?{query}")
    if response.status_code != 200:
        return {"error": True}
    answer = response.json()
    return {name: answer[name] for name in ("q", "any_word", "suggestion", "results")}


def compared_search(found):
    """The browser's results as the live site's JSON has them."""
    results = [
        {
            "kind": group["kind"],
            "total": min(group["total"], 1000),
            "more_than_total": group["total"] > 1000,
            "items": [as_json(row, "/news") for row in group["rows"]],
        }
        for group in found["found"]
    ]
    return {
        "q": found["asked"]["q"],
        "any_word": found["loose"],
        "suggestion": found.get("suggestion"),
        "results": results,
    }


def static_answers(page, root, asked):
    """The answers of the static site to pairs of path and query, on a page that answers its own query strings."""
    answers = page.evaluate(ANSWER, [root, [[path, f"?{query}"] for path, query in asked]])
    return [compared(answer) for answer in answers]


def static_refusals(page, root, asked):
    """What the static site says of pairs of path and query that it refuses."""
    answers = page.evaluate(ANSWER, [root, [[path, f"?{query}"] for path, query in asked]])
    return [answer and answer.get("error") for answer in answers]


def suggestions_of(suggested, link):
    return [(facet["name"], facet.get("type", "column"), query_of(facet[link])) for facet in suggested]


def static_suggestions(page, root, asked):
    """The facets that the static site suggests at pairs of path and query."""
    answers = page.evaluate(ANSWER, [root, [[path, f"?{query}"] for path, query in asked], True])
    return [suggestions_of(answer["suggested"], "toggle") for answer in answers]


def compared(found):
    if not found:
        return {"error": True}
    if "error" in found:
        return {"error": True}
    if "redirect" in found:
        return {"redirect": query_of(found["redirect"])}
    if "search" in found:
        return compared_search(found["search"])
    answer = {"columns": found["columns"], "rows": found["rows"], "sql": found["sql"]}
    if "words" not in found:
        return answer
    return answer | {
        "count": found["count"],
        "words": found["words"],
        "next": found.get("next"),
        "next_url": query_of(found.get("nextUrl")),
        "facets": facets_of(found["facets"], "toggle"),
    }
