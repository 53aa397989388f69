"""Finds which sources a field hangs on, by asking what it would be without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

PERIOD = ("period_start", "period_end")
FIELDS = ("measure", "change", "residence", "subgroup", "status", "scope", "place", "year", *PERIOD)
SHOWN = 3  # sources of a field


class Source(NamedTuple):
    """Something that may say a field.

    `kind`: cue; before, after (the words around the number), beside (the numbers), named (a year), unit,
    subject; role, section year, genre, report, region, area; in tables row, column, title, note, caption,
    lead, report title. `said`: as written, or its value. Of a cue its `field`, `value`, place (`at`,
    `end_at`, of the stream), the `clause` that it stands in and what that is (`stands`: title, heading,
    lead). `of`: the fields that it may say (all where it is empty).
    """

    kind: str
    said: str
    field: str = ""
    value: str = ""
    at: int = -1
    end_at: int = -1
    of: tuple[str, ...] = ()
    stands: str = ""
    clause: str = ""


class Left(NamedTuple):
    """What is left out of a reading: some sources, by their place; of the words before the number all but
    the last `tail`."""

    sources: frozenset[int] = frozenset()
    tail: int | None = None


class Decided(NamedTuple):
    """The value of a field and what it hangs on: all `sources` together, or each of them alone (`either`);
    none where nothing says it, so that it is as it is by default."""

    field: str
    value: Any
    sources: tuple[Source, ...] = ()
    either: bool = False


Outcome = Mapping[str, Any]
Run = Callable[[Sequence[Left]], list[Outcome | None]]


def decided(sources: Sequence[Source], run: Run) -> list[Decided]:
    """What decides each of `FIELDS`. `sources`: the nearest first; `run`: the fields as they are read
    without some of them, an outcome for each `Left` (None where the number is then not read at all).

    A field hangs on a source without which it would be another. Where several say the same none of them is
    missed alone: then they are left out one after the other, from the nearest and from the farthest on, until
    one is missed.
    """
    every = range(len(sources))
    whole, *alone = run([Left(), *(Left(frozenset([n])) for n in every)])
    if whole is None:
        raise KeyError("the number is not read")

    def missed(told: Outcome | None, name: str) -> bool:
        return told is not None and told[name] != whole[name]

    hang = {
        name: [n for n in every if _speaks(sources[n], name) and missed(alone[n], name)] for name in FIELDS
    }
    either: dict[str, list[int]] = {}
    if any(not found for found in hang.values()):
        some = [n for n in every if sources[n].kind not in ("unit", "subject")]
        steps = [Left(frozenset(some[: k + 1])) for k in range(len(some))]
        steps += [Left(frozenset(some[k:])) for k in reversed(range(len(some)))]
        without = run(steps)
        first, last = without[: len(some)], without[len(some) :]
        for name in (name for name in FIELDS if not hang[name]):
            near = next((n for n, told in zip(some, first, strict=True) if missed(told, name)), None)
            far = zip(reversed(some), last, strict=True)
            other = next((n for n, told in far if missed(told, name)), None)
            either[name] = sorted({n for n in (other, near) if n is not None and _speaks(sources[n], name)})
    told = []
    for name in FIELDS:
        chosen = _telling([sources[n] for n in hang[name] or either.get(name, [])], whole[name])
        told.append(Decided(name, whole[name], tuple(chosen), not hang[name] and len(chosen) > 1))
    return _in_words(told, sources, run)


def _speaks(source: Source, name: str) -> bool:
    return not source.of or name in source.of


def _telling(found: list[Source], value: Any) -> list[Source]:
    """Those of the sources on which a field hangs that say most of it: cues before the words around, and
    these before what is but the condition of all (the unit, the subject, the numbers beside)."""
    cues = [source for source in found if source.kind == "cue"]
    saying = [source for source in cues if source.value == str(value)]
    faint = ("before", "after", "beside", "unit", "subject", "region", "area", "named")
    strong = [source for source in found if source.kind not in ("cue", *faint)]
    chosen = (saying or cues) + strong
    return (chosen or found)[:SHOWN]


def _in_words(told: list[Decided], sources: Sequence[Source], run: Run) -> list[Decided]:
    """Those that hang on the words before the number, with the last of these that are needed."""
    places = [n for n, source in enumerate(sources) if source.kind == "before"]
    asked = [one for one in told if any(source.kind == "before" for source in one.sources)]
    if not places or not asked:
        return told
    words = sources[places[0]].said
    tails = run([Left(tail=size) for size in range(len(words) + 1)])

    def shortest(one: Decided) -> Iterable[Source]:
        size = next((n for n, tail in enumerate(tails) if tail and tail[one.field] == one.value), len(words))
        for source in one.sources:
            yield source._replace(said=words[len(words) - size :]) if source.kind == "before" else source

    return [one._replace(sources=tuple(shortest(one))) if one in asked else one for one in told]
