"""The year 2018, day by day: what stations, offices and the clock submitted, made from a seed."""
