"""news.db goes in; the static site comes out."""
