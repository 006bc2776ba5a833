"""Hopes, worries and insecurities: a drawer of things one might say one day."""
