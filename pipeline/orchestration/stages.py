"""The stages of a run in words, and where a run says which it is at.

Without Dagster, so that a command may listen before that is imported.
"""

PROGRESS = "minzheng.progress"  # the logger of whoever says it, for whoever listens
STAGES = {
    "raw": "listing files",
    "ref": "listing files",
    "marts": "making the marts",
    "audit": "making the marts",
    "meta": "comparing with the last release",
    "published": "publishing",
}
EXTRACTING = "reading and extracting"  # any other


def stage_of(step: str) -> str:
    """The stage that a step of the run belongs to, by the room that its asset stands in."""
    return STAGES.get(step.partition("__")[0], EXTRACTING)
