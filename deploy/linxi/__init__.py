"""Linxi County: its organisations, its year 2018 as it was submitted, and the figures that it must come to."""
