"""Pingyi: the yearly democratic evaluation of government conduct, from plan to verdict."""
