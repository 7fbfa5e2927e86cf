"""Who may do what on the bus: keys, accounts, users and certificates, made once by a command."""
