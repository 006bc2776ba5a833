"""A rhythm both chose: an hour a week, seasons of three weeks, and a path through the practices for whoever would like one."""
