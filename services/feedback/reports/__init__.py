"""Reports: how periods are closed, who receives a report, and how one reads."""
