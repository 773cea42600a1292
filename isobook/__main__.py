"""`python -m isobook` is the command `isobook`."""

from .cli import main

main()
