"""A service's process: its settings, log, metrics, clock and watchdog, and how its parts are put together."""
