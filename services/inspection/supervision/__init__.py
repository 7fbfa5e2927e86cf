"""E-supervision (电子监察): cameras, who may look through them, and who did."""
