"""Words of a person → typed values."""
