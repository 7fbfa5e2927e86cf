"""What has to be there before a service starts: streams, consumers and indexes, made or brought up to date."""
