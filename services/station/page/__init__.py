"""The page in the browser of this PC: its forms, what was sent, and who may ask it."""
