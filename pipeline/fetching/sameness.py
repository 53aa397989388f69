"""Whether two states of a page say the same: a counter of visits or today's date makes no new version."""

from pipeline.reading.files.worker import Worker
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sniff import HTML


def same_words(before: bytes, now: bytes) -> bool:
    """Whether what is read of two web pages, without the page around it, is the same text."""
    try:
        with Worker() as worker:
            return worker.read(before, HTML).text == worker.read(now, HTML).text
    except Refusal:
        return False
