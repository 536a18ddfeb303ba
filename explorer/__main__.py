"""`python -m explorer`: the command line."""

from explorer.cli import main

main()
