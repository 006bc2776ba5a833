"""The demo: two people who do not exist, twelve weeks of their life, and both their windows on one page."""
