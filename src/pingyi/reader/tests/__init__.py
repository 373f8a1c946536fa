"""Tests of the reader: closed in, ended in time, harmless to the next."""
