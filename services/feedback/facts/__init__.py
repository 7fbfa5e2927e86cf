"""Facts behind a figure: each by itself, and what they come to together."""
