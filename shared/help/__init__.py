"""What stands behind the `?` of every page: written beside each service, found by the address of the page."""
