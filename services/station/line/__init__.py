"""The line to the county: connected, delivered over, answered on, and its troubles in words."""
