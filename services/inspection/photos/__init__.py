"""Photos of inspections: taken in, checked, kept, and shown to those who may see them."""
