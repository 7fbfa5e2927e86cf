"""The county at a glance: the overview and the directory of organisations with their reports."""
