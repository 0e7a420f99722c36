#!/usr/bin/env python3
"""run.py BASE_URL [pytest options]: walks the gallery of a running League in Debian's Chromium.

Needs the packages of requirements.txt and `chromium`; CHROMIUM names another binary.
"""
import os
import pathlib
import sys

import pytest

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ["LEAGUE_BASE_URL"] = sys.argv[1].rstrip("/")
    here = str(pathlib.Path(__file__).parent)
    sys.exit(pytest.main([here, "-q", "-p", "no:cacheprovider", *sys.argv[2:]]))
