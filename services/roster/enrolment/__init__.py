"""Which stations are let in, with which keys, and how they are shut out."""
