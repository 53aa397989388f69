"""Names of pages and anchors, made from identifiers, safe in every file system and link."""

import re
from hashlib import sha256

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def safe_name(identifier: str) -> str:
    """`identifier` where it can be a file's name anywhere, else a name made from its hash.

    Upper case is not kept, since two names that differ only in case are one file on some systems.
    """
    if len(identifier) <= 100 and _SAFE.fullmatch(identifier) and not _RESERVED.fullmatch(identifier):
        return identifier
    return "x" + sha256(identifier.encode()).hexdigest()[:20]


def report_page(report_id: str) -> str:
    return f"reports/{safe_name(report_id)}.html"


def indicator_page(indicator_id: str) -> str:
    return f"indicators/{safe_name(indicator_id)}.html"


def region_page(region_code: str) -> str:
    return f"regions/{safe_name(region_code)}.html"


def observation_anchor(observation_id: str) -> str:
    return "o-" + safe_name(observation_id)


def task_anchor(task_id: str) -> str:
    return "t-" + safe_name(task_id)


def section_anchor(section_id: str) -> str:
    return "s-" + safe_name(section_id)


def finding_anchor(finding_id: str) -> str:
    return "f-" + safe_name(finding_id)
