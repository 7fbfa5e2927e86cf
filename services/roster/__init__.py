"""The roster: organisations and their history, duty, meetings and the guide, learning, and who is let in."""
