"""The bus: one connection, what is declared on it, and how it is published to, pulled from and waited for."""
