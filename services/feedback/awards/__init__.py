"""Awards: who is given one."""
