"""What is filed of a year (归档): every document that got a number in it, listed and given in one archive."""
