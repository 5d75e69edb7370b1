"""Text goes in; quoted regions and the parse come out, with the way back to the text."""
