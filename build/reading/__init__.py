"""Articles go in, to the letter; their paragraphs come out, each with the part it plays."""
