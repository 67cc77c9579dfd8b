"""How the base is kept: SQLite and its rows, the derived indexes, who may write, versions and their standing."""
