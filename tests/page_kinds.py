"""One address for each kind of page, found in a database, so that no test knows an id."""

READING = ("articles", "paragraphs", "people", "organizations", "places", "events", "claims", "propositions")

FIXED = {
    "home": "/",
    "database": "/news",
    "hidden-tables": "/news?_show_hidden=1",
    "table": "/news/claims",
    "facets": "/news/articles?_facet=language&_sort_desc=words",
    "facets-with-sources": "/news/events?_facet_source=event_people.person_id&_facet_source_month=date_earliest",
    "search": "/news/paragraphs?_search=said",
    "filters": "/news/claims?kind=direct&_nocol=prefix&_size=1",
    "empty-table": "/news/redirects",
    "view": "/news/timeline",
    "query": "/news/search_paragraphs?words=the",
    "sql": "/news?sql=select+*+from+claims+limit+3",
    "no-results": "/news?sql=select+1+where+0",
    "failed-query": "/news?sql=select+nothing",
    "not-a-select": "/news?sql=drop+table+claims",
    "not-found": "/news/nothing",
    "missing-row": "/news/claims/nothing",
    "data": "/-/data",
    "about": "/-/about",
    "search-form": "/-/search",
    "search-everything": "/-/search?q=the",
    "search-one-kind": "/-/search?q=strike&kind=claims&person=nobody",
    "search-nothing": "/-/search?q=strkie",
    "charts": "/-/charts",
    "chart": "/-/charts/speakers",
    "chart-asked": "/-/charts/timeline?least=many",
    "embedded-chart": "/-/charts/timeline/embed",
    "charted-rows": "/news/claims?_chart=kind&_chart_sum=start_char",
    "plugins": "/-/plugins",
    "drawing": "/-/draw/news/claims?article_id=harbour-strike#g.x_type=ordinal",
}


def page_kinds(database):
    """The fixed pages, and the row with most links to it of each table that has a page of its own."""
    rows = {table: f"/news/{table}/{richest(database, table)}" for table in READING if database[table].count}
    return FIXED | rows | {"row": f"/news/notes/{richest(database, 'notes')}"}


LINKS = {
    "articles": "select article_id from claims",
    "paragraphs": "select paragraph_id from claims",
    "people": "select speaker_id from claims",
    "organizations": "select organization_id from organization_mentions",
    "places": "select place_id from place_mentions",
    "events": "select event_id from event_reports",
    "claims": "select claim_id from claim_propositions",
    "propositions": "select proposition_id from claim_propositions",
    "notes": "select id from notes",
}


def richest(database, table):
    sql = f"""
        select id from {table}
        order by (select count(*) from ({LINKS[table]}) as links (link) where link = {table}.id) desc, id limit 1
    """
    sql = sql.replace(f"({LINKS[table]}) as links (link)", f"({LINKS[table].replace(' from', ' as link from')})")
    return next(database.query(sql))["id"]
