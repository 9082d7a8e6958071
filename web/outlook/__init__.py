"""What a change would do, as pages and as JSON."""
