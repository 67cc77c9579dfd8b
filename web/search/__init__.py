"""Searching: what an address asks, what was found, and how a page shows it."""
