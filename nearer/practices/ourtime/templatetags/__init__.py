"""What Our Time's templates need."""
