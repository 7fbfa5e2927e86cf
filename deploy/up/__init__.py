"""`make up`: a county in containers, started by what one file says. Needs Python alone, nothing installed."""
