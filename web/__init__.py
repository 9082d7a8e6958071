"""How people reach it: HTTP in, HTML and JSON out."""
