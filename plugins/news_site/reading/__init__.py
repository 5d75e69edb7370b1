"""Pages to read instead of tables: one function a page, from a connection and an id to the page's data.

A page makes a fixed number of queries in one visit to the database, whatever the number of rows; lists end
at LIMIT rows, before anything is sorted, and say how many there are. Templates find the data as `page`.
Who may not see one of the TABLES is shown Datasette's own pages instead, which know what to leave out.
"""
