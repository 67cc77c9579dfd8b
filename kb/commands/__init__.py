"""The command line's other rooms: asking, serving, and how results are printed."""
