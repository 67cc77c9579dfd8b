"""Makes office files (PDF, DOCX, HTML) from plain-text papers."""
