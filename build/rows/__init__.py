"""Articles, what people have stated and what the extractor finds go in; the rows of every table come out."""
