"""The typed, resolved protocol."""
