"""What a question says: its language, its intent, the papers and provisions it names, what its words mean besides."""
