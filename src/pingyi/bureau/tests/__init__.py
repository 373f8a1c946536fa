"""Tests of the bureau."""
