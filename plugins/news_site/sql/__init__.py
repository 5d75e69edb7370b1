"""The SQL page: tables and examples beside the editor, where SQLite finds an error, and links from ids to rows."""
