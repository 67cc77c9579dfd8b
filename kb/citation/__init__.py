"""The words of a citation, and who cites whom."""
