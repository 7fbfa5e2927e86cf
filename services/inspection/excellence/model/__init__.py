"""What is kept of the excellence programme."""
