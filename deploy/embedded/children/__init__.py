"""Processes that end with the supervisor, however it ends: started, kept running, their output bounded."""
