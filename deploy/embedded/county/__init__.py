"""One county on one folder of data: claimed, raised stage by stage, told of in `run.json`."""
