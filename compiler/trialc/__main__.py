"""`python -m trialc`: the same as the commands `trialc` and `protoc`."""

import sys

from trialc.cli import main

if __name__ == "__main__":
    sys.exit(main())
