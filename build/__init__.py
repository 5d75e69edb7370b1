"""The pipeline: seeds -> records -> news.db -> static site."""
