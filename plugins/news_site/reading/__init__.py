"""Pages to read instead of tables: home, articles, people, organizations, places, events, claims, propositions."""
