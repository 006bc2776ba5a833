"""The command `endsessions`."""
