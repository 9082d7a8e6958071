"""What a change would do, seen in the portal and asked for in JSON."""
