"""The bureau's forms, by topic: what people type, made into typed values."""
