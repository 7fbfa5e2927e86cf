"""Documents as they are read, printed and reckoned on: one sheet of finished values, and a writer for each format."""
