"""The compact Vietnamese–English encoder: how its data is prepared, how it is trained, judged and run."""
