"""What the roster is told in the year: who there is, turns of duty, meetings, the guide, learning."""
