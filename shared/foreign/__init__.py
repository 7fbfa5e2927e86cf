"""Bytes that outsiders send are parsed in a process of its own, within limits of processor, memory and time."""
