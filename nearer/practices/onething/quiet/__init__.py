"""Seven quiet minutes: a look back as a kind outsider, for oneself alone and apart from any sitting."""
