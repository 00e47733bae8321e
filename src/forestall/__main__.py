"""This file knows how ``python -m forestall`` starts: as the command does."""

from forestall.cli import main

if __name__ == "__main__":
    main()
