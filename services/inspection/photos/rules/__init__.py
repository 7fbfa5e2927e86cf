"""What may be said of photos once they are evidence."""
