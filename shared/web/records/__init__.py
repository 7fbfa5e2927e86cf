"""What was submitted to a service and what became of it: looked up, corrected and taken back by whoever may."""
