"""When both are free, from calendars that stay sealed to whose they are, and what the two plan as it goes into calendars."""
