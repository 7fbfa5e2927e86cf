"""Assessment of units: indicators of a scheme, what they come to in a period, and the list that is approved."""
