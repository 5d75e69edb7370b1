"""What readers get of news.db, served by Datasette: a room for each part of the site, and what they share."""
