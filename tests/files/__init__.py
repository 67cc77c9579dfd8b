"""Small awkward files, each for one real-world trouble; `make.py` says how they were made."""
