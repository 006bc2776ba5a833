"""Backups of a copy, sealed to whoever runs it; restoring one; and moving from one kind of database to the other.

A backup is an SQLite file, whatever the databases are. So a copy on PostgreSQL needs no tools of its own for it, one from either
side can be restored on the other, and moving is a backup that is restored elsewhere at once.
"""
