"""Appraisal of Party members at windows: the committee's and the home branch's, as a pair, known to few."""
