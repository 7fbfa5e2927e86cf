"""The supervisor of `make run`: real servers, gateway and services as child processes on loopback."""
