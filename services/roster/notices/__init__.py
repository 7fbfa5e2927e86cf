"""The State Council's notices of days off (放假安排), as the county publishes them to all its services."""
