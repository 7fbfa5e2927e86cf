"""Rectifications (整改): from a finding, by deadline and verification, to its end."""
