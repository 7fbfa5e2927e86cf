"""The tokens of programs: issued from above for a time, renewed by their holders, revoked one by one."""
