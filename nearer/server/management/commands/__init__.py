"""The commands `serve`, `check` and `worker`."""
