"""What every page has, and the small pages: about, data."""
