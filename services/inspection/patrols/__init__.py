"""Patrols (日巡查): plans, checklists, what is due, what was seen, and the day as a whole."""
