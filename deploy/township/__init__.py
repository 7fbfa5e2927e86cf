"""The line from a township's own bus to the county's: what waits is brought there, and what is asked is answered."""
