"""Understands papers: bytes in, a structured `Document` out. Knows no database and no web."""
