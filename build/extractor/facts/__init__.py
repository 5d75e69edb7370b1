"""Parsed paragraphs go in; dates, figures, assertions and events come out."""
