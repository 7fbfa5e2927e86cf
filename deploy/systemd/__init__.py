"""A county without containers: its units, and how `lianban` finds the county that they run."""
