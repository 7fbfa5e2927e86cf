"""Sub-plans, certificates, lessons and attendance."""
