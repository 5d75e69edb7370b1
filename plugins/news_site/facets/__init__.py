"""Facets that say according to whom."""
