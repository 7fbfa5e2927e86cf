"""The database: transactions, documents, leases and lists; the driver is named in `mongo` alone."""
