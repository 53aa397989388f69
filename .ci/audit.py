"""Says what `pip-audit --format json` found: python .ci/audit.py FILE. Exit status 1 where holes are known.

A dependency that could not be looked up is no failure, but is said: silence would pass for a clean bill.
"""

import json
import sys
from pathlib import Path


def main() -> int:
    """Print one line, or one for each hole."""
    try:
        listed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        print("dependencies NOT AUDITED: pip-audit could not run here")
        return 0
    audited = [about for about in listed if "vulns" in about]
    holes = [(about, hole) for about in audited for hole in about["vulns"]]
    for about, hole in holes:
        mended = ", ".join(hole.get("fix_versions", [])) or "no release yet"
        print(f"{about['name']} {about['version']}: {hole['id']}, mended in {mended}")
    if not audited:
        print(f"dependencies NOT AUDITED: none of {len(listed)} could be looked up from here")
        return 0
    left = [about["name"] for about in listed if "vulns" not in about]
    more = f"; NOT AUDITED: {', '.join(left)}" if left else ""
    print(f"dependencies audited: {len(audited)} of {len(listed)}, {len(holes)} known holes{more}")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
