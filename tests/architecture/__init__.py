"""The design page, as tests."""
