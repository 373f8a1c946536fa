"""Tests of the numerics against known values and real texts."""
