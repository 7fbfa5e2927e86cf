"""Party organisations of organisations, and joint branches of people of several."""
