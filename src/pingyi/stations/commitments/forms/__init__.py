"""The words of a person as typed values."""
