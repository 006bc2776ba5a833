"""Accounts: who may come in, and with which keys."""
