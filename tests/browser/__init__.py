"""The pages people live in, in a real Chromium."""
