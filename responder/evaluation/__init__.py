"""Golden sets, measures and replay."""
