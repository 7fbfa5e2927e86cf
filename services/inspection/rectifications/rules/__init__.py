"""What is decided about rectifications."""
