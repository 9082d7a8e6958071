"""Staff, roles, sessions, audit."""
