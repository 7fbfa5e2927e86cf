"""What is the county's own: what its committee is called, and its catalogues."""
