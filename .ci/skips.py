"""Skips: fail where a test was skipped for another reason than a missing ../shared.

Usage: skips.py JUNIT_REPORT SHARED_FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

ALLOWED = "the shared corpora are not here"
OTHER_VERSIONS = "the table was made from "
"""Begins the reason where a data file cannot be compared, since newer sources than its own are installed."""


def main(report: str, shared: str) -> int:
    """Print each skip that is not allowed; return 1 if there was one, or no test at all."""
    tree = ET.parse(report)
    cases = list(tree.iter("testcase"))
    absent = not Path(shared).is_dir()
    skips = [
        (f"{case.get('classname')}::{case.get('name')}", skip.get("message", ""))
        for case in cases
        for skip in case.iter("skipped")
    ]
    unexpected = [
        (test, reason)
        for test, reason in skips
        if not (absent and reason == ALLOWED) and not reason.startswith(OTHER_VERSIONS)
    ]
    for test, reason in unexpected:
        print(f"ci: {test} was skipped: {reason}", file=sys.stderr)
    if not cases:
        print("ci: no test was run", file=sys.stderr)
    return 1 if unexpected or not cases else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
