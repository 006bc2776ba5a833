"""Promises: small, one's own, and marked by nobody else."""
