"""What was entered, on the disk of this PC until the county has decided it: rows, photos, notes, their repair."""
