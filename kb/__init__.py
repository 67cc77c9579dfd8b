"""Remembers papers and finds passages: the catalog, the indexes, search, answers and citations."""
