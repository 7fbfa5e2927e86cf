"""Measures: which there are, what each fact adds to them, how they are recomputed, checked, worded and drawn."""
