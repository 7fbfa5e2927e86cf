"""What is decided in the excellence programme."""
