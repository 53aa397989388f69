"""Texts of a test module read in one go: what reads one in a third of a second reads fifty in half of one.

reports = Together(read)

@reports.of("丰县民政局2023年工作总结\\n…")
def test_the_year_stands_in_the_title(report):
    assert report["year"] == 2023
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any


class Together:
    """`read` takes texts and gives what was read of each, in their order."""

    def __init__(self, read: Callable[[list[str]], Sequence[Any]]) -> None:
        self._read, self._texts = read, list[str]()

    def of(self, *texts: str) -> Callable[[Callable[..., None]], Callable[[], None]]:
        """A test that is given what was read of these texts."""
        self._texts.extend(texts)

        def decorate(test: Callable[..., None]) -> Callable[[], None]:
            def given() -> None:
                test(*(self._found[text] for text in texts))

            given.__name__, given.__doc__ = test.__name__, test.__doc__
            return given

        return decorate

    @cached_property
    def _found(self) -> dict[str, Any]:
        different = list(dict.fromkeys(self._texts))
        return dict(zip(different, self._read(different), strict=True))
