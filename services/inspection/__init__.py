"""Inspection: patrols, rectifications, the excellence programme, e-supervision, contact with stations."""
