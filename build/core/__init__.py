"""What every room may use: problems, ids, dates, records, word lists, processes and where a file is made."""
