"""Trust as something that grows: four times a year, three own answers, for oneself alone."""
