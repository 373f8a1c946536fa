"""Tests of the whole house: its structure, whole journeys, real browsers."""
