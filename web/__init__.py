"""The site: search, read and cite in a browser, and the same as JSON. Shows; decides nothing about finding."""
