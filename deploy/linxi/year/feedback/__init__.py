"""What was said of documents in 2018."""
