"""The pipeline: seeds -> records -> news.db -> static site. Imports run from the commands down to core."""
