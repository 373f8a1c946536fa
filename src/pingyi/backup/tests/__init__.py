"""Tests of backup and restore below Django."""
