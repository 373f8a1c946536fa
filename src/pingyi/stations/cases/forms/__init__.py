"""Words of a person → typed values, for cases."""
