"""The extractor: one article's text goes in, its people, claims, events and dates come out."""
