"""The reader of a paper: its text woven with marks and links, its tables, its page images."""
