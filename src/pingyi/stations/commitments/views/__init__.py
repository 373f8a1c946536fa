"""Requests to one query or one action and one template."""
