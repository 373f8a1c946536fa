"""Tests of the import from prose."""
