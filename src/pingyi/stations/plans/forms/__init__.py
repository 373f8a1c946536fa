"""Words of a person → typed values, for tasks and meetings."""
