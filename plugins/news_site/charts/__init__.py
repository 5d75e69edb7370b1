"""Charts that metadata.yml declares, and charts of the rows on a page."""
