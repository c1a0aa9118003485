"""The generated checker against the reference interpreter: no difference is tolerated."""
