"""The real bus, database and gateway from their packages, on loopback."""
