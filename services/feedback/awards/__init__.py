"""Awards: who is nominated for one, how long that is public, and who is given one."""
