"""How the system is set up, started, watched and filled; nothing below it knows of it."""
