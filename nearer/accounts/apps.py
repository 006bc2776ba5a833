"""Accounts: sign up, log in, recover, and one's own settings."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app."""

    name = "nearer.accounts"
    label = "accounts"
