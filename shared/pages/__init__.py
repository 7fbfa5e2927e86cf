"""Pages: layout, templates, static files, errors in words, and how values read in Chinese."""
