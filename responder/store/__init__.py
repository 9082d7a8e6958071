"""The only SQL of responder, one noun a file."""
