"""What is decided about patrols."""
