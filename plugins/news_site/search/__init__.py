"""One search over people, events, comparisons, articles, claims and paragraphs.

All SQL is text with named parameters: /-/search/queries.json gives it to the static site, whose pages ask the same of
the same database in the visitor's browser.
"""
