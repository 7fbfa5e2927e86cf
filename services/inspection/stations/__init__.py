"""Contact with stations: heard, silent, heard again."""
