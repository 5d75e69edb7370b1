"""What every room may use: problems, ids, dates, records, tables, word lists, processes and where a file is made."""
