"""The look of Nearer: pages anybody can read, components, headers, static files."""
