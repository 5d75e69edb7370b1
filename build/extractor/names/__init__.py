"""Parsed paragraphs go in; people and organizations come out, and whom words for them mean."""
