"""Entry of `python -m drills`."""

import sys

from drills.run import main

if __name__ == "__main__":
    sys.exit(main())
