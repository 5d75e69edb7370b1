"""Charts that metadata.yml declares: drawn on the server as SVG, each mark a link to the rows that it counts.

A chart's SQL gives a row for each mark; its mark and encoding are Vega-Lite, which vl-convert draws in a process of
its own. What comes back is cleaned and linked by us, and drawn twice, for wide screens and for phones. Beside them
stand charts of the rows on a page (`table_charts`).
"""
