"""What its administrators see of the system: its condition, and the submissions that nobody could decide."""
