"""What the services ask one another over the bus while they answer a page: each answers for what it keeps."""
