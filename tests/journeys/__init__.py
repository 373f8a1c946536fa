"""A whole year through HTTP, clause by clause."""
