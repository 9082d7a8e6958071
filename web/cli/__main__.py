"""`python -m web.cli` is `jawab`."""

from web.cli.main import main

main()
