"""What the rest of the house is told about accounts."""

from __future__ import annotations

from django.dispatch import Signal

goes = Signal()
"""Sent with `user_id` inside the transaction that erases an account: whoever keeps words in clear erases theirs."""
