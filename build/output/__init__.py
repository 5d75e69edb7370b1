"""Rows go in; news.db comes out, and sidecars to review."""
