"""The annual package: a year's results as they are reported to the organisation department, received and adopted."""
