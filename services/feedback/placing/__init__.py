"""A move that was entered late: which facts still count where the organisation stood before, and counting them anew."""
