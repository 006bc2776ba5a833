"""The pulse: how a sitting was for somebody, told to nobody."""
