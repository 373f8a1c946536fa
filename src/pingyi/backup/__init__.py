"""Backup and restore of a whole site: one encrypted file, and beside it the keys of persons; no Django in here."""
