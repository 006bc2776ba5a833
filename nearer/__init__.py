"""Nearer: a self-hosted place where two people practise emotional closeness together."""
