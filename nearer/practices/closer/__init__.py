"""Closer: both answer the same question, and each answer is received with care."""
