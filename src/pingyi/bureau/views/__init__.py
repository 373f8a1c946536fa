"""The bureau's pages, by topic."""
