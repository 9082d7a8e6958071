"""The only SQL of web: staff, sessions, failed sign-ins, API keys and the audit log."""
