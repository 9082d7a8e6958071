"""The only SQL of kb, one noun a file."""
