"""What a request may cost: queries that visitors make up run in processes of their own, with bounds."""
