"""The jawab command."""
