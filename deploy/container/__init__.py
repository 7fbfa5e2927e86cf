"""What a container of the one image runs."""
