"""Files put in from the browser: the desk that takes them in, what it keeps, and the list of what became of each."""
