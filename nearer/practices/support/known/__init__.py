"""What two people learn about what helps each of them: said by whoever it is about, and shown as far as they like."""
