"""The writers' portal."""
