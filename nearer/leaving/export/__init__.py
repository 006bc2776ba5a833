"""Taking one's words along: what somebody said and was shown, to read and to keep."""
