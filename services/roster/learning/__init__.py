"""Sub-plans, certificates, lessons and who attended them, activities."""
