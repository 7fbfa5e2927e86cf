"""Addressees: what the Party organisation of each recipient is called, which documents address."""
