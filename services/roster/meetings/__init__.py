"""Joint meetings in three stages (三段式) and the service guide whose limits they change."""
