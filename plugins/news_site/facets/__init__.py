"""Facets that say according to whom: every value with its rows, articles, independent origins, and the articles.

    ?_facet_source=COLUMN         a column of the table, or TABLE.COLUMN of one whose foreign key leads to it
    ?_facet_source_year=COLUMN    its dates by year, or with _facet_source_month by month, in the order of time
    ?_facet_source_sort=name      values by name, or by count
    ?_sources_of=VALUE            a value of which the page shows all articles, not only the first five

The way from a table's rows to articles stands in the database (`paths`): in a view TABLE_articles with the ids of rows
(id) and of their articles (article_id), and the words that say so (paragraph_id, text, start_char, end_char). Where
there is none it follows foreign keys, of which a view may have the names. The settings of the plugin in metadata.yml
name the tables and columns. All SQL is text made from a facet's way (`counting`, `evidence`), with `:rows` for the
select of the rows that a page shows.
"""
