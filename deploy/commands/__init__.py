"""What an operator types to a running county, embedded or in containers: who is let in, and with which token."""
