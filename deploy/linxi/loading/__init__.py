"""The year brought into a running county as stations would bring it, safe to be killed and repeated."""
