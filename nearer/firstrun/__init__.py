"""The first run: setting a copy up in the browser, before anybody has an account."""
