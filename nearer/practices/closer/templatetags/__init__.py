"""What Closer's templates need."""
