"""The roster as every service knows it: dated standing of each organisation, and how it travels."""
