"""``python -m pipeline`` is the ``congvan`` command."""

import sys

from pipeline.cli import main

if __name__ == "__main__":
    sys.exit(main())
