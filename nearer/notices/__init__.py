"""Notices that say nothing: when somebody is called, by what, and for which causes. What it is about is told by none of them."""
