"""What With You's templates need."""
