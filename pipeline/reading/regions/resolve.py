"""Which division of China a report speaks of: `resolve_regions` finds it from issuer, title and file name,
else from the text, and leaves it out where none leads clearly. The divisions are `ref.regions`.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline.reading.layout.folding import with_folded
from pipeline.reading.regions import gazetteer
from pipeline.reading.regions.choice import choose
from pipeline.reading.regions.direct import SOURCES, read_sources, source_strings, within
from pipeline.reading.regions.evidence import (
    classify,
    name_evidence,
    own_kinds,
    own_sentences,
    place_evidence,
    site_evidence,
)
from pipeline.reading.regions.names import find_names, split_sentences
from pipeline.reading.regions.page import choose_by_page, read_pages
from pipeline.reading.regions.subject import choose_by_subject
from pipeline.reading.regions.towns import choose_towns
from pipeline.vocabulary import pattern

# Reports weighed at a time: the sentences of so many fit into some hundred megabytes.
BATCH = 2000
PAGE = 3.0  # weight of the page's region around a county
EMPTY = pl.DataFrame(schema={"report_id": pl.String})
RESULT = ["report_id", "region_code", "region_method", "region_evidence"]
OPENING = 12  # characters that a report begins with
MUCH = 0.5  # of the weight of the chosen region, from which another one counts as named much


def resolve_regions(reports: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add region_code, region_method and region_evidence to `reports` (null where no region leads clearly),
    and region_against: other regions that the sources give or the text names much, null where none is.

    `reports` needs report_id, document_id, span_start, span_end (code points of documents.text), title and
    issuer; `documents` document_id, file_name and text. region_method is issuer, title, file_name, body
    (names in the text), places (townships and villages), page (path, source, owner) or town (a town or
    street reports, and this is its county); region_evidence has the words that decided.
    """
    strings = source_strings(reports, documents)
    sources = read_sources(strings)
    direct, namesakes, closed = read_direct(sources)
    pages = read_pages(
        reports.with_columns(page=pl.lit(None, pl.String)) if "page" not in reports.columns else reports
    )
    spans = reports.select("report_id", "document_id", "span_start", "span_end")
    spans = spans.join(
        with_folded(documents).select("document_id", "folded"), on="document_id", maintain_order="left"
    )
    wide = direct.filter(
        pl.col("region_code").str.ends_with("00"), pl.col("region_code") != gazetteer.COUNTRY
    )
    if not wide.is_empty():
        refuted = [refute(part, wide) for part in in_batches(spans.join(wide, on="report_id", how="semi"))]
        direct = direct.join(pl.concat([EMPTY, *refuted]), on="report_id", how="anti")
    settled = pl.concat([direct, closed])
    open_ = spans.join(settled, on="report_id", how="anti", maintain_order="left")
    weighed = [weigh(part, namesakes, pages) for part in in_batches(open_)]
    result = pl.concat([settled, *(chosen for chosen, _ in weighed)])
    towns = choose_towns(reports, strings, sources)
    if not towns.is_empty():
        # a county's report on one of its towns is that town's too
        other = result.drop_nulls("region_code").join(towns, on="report_id", suffix="_of_town")
        other = other.filter(pl.col("region_code") != pl.col("region_code_of_town"))
        towns = towns.join(other, on="report_id", how="anti")
        result = pl.concat([result.join(towns, on="report_id", how="anti"), towns.select(RESULT)])
    result = _carried_on(reports, result, spans)
    told = sources.explode("codes").select("report_id", other="codes", word="evidence")
    told = pl.concat([told, pages.select("report_id", other="region_code", word="word")])
    others = against(result, told, [evidence for _, evidence in weighed])
    plain = reports.drop(*RESULT[1:], "region_against", strict=False)
    plain = plain.join(result, on="report_id", how="left", maintain_order="left")
    return plain.join(others, on="report_id", how="left", maintain_order="left")


def _carried_on(reports: pl.DataFrame, result: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """`result`, where reports that begin with a year and name neither title nor region take the region of the
    one before them in their document: several years' bulletins below one title.

    `spans`: report_id, span_start and the folded text of their documents.
    """
    opening = pl.col("folded").str.slice(pl.col("span_start"), OPENING).str.contains(pattern("year_opens"))
    dated = spans.filter(opening).select("report_id", dated=True)
    rows = reports.select("report_id", "document_id", "span_start", "title", "issuer")
    rows = rows.join(result, on="report_id", how="left", maintain_order="left")
    rows = rows.join(dated, on="report_id", how="left", maintain_order="left").sort(
        "document_id", "span_start"
    )
    told = RESULT[1:]
    unnamed = pl.col("dated") & pl.all_horizontal(pl.col("title", "issuer", *told).is_null())
    unnamed = unnamed.fill_null(False)
    before = (pl.when(~unnamed).then(c).forward_fill().over("document_id") for c in told)
    rows = rows.with_columns(
        pl.when(unnamed).then(carried).otherwise(c).alias(c) for c, carried in zip(told, before, strict=True)
    )
    return rows.select(RESULT).filter(pl.any_horizontal(pl.col(told).is_not_null()))


def against(result: pl.DataFrame, told: pl.DataFrame, weighed: list[pl.DataFrame]) -> pl.DataFrame:
    """Names of regions beside the chosen ones: report_id, region_against.

    `told` has report_id, other and word of what issuers, titles, file names and pages name, `weighed` the
    evidence of texts, in which another region counts that has a good part of the chosen one's weight.
    """
    chosen = result.select("report_id", "region_code", evidence="region_evidence").drop_nulls()
    named = [
        part.filter(pl.col("source").is_in(["organ", "mention", "site"]))
        .group_by("report_id", other="region_code")
        .agg(pl.col("weight").sum(), word=pl.col("word").first())
        for part in weighed
    ]
    texts = pl.concat(named) if named else told.clear().with_columns(weight=pl.lit(0.0))
    own = texts.join(chosen, left_on=["report_id", "other"], right_on=["report_id", "region_code"])
    own = own.select("report_id", own="weight")
    texts = texts.join(own, on="report_id").filter(pl.col("weight") >= MUCH * pl.col("own"))
    every = pl.concat([told.drop_nulls(), texts.select(told.columns)]).join(chosen, on="report_id")
    related = within("other", "region_code") | within("region_code", "other")
    # a name that several regions share says nothing against the one that is meant
    shared = pl.col("evidence").str.contains(pl.col("word"), literal=True)
    every = every.filter((pl.col("other") != pl.col("region_code")) & ~related & ~shared)
    return every.group_by("report_id").agg(
        region_against=pl.col("word").unique(maintain_order=True).sort().str.join("、")
    )


def read_direct(sources: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Settle what issuer, title and file name say.

    Returns reports with their region; report_id and region_code of the regions to choose from where a shared
    name or two sources leave several; and reports that name what has no code here (a township, a region that
    is no more), for which the text isn't asked.
    """
    order = pl.col("source").replace_strict(list(SOURCES), range(len(SOURCES)), return_dtype=pl.Int8)
    ranked = sources.with_columns(order=order, count=pl.col("codes").list.len()).sort("report_id", "order")
    first = ranked.unique("report_id", keep="first", maintain_order=True)
    nothing = pl.lit(None, pl.String)
    closed = first.filter(pl.col("below") | (pl.col("count") == 0)).select(
        "report_id", region_code=nothing, region_method=nothing, region_evidence="evidence"
    )
    usable = ranked.join(closed, on="report_id", how="anti").filter(~pl.col("below"), pl.col("count") > 0)
    flat = usable.explode("codes").rename({"codes": "region_code"})
    led = flat.join(
        first.select("report_id", lead="codes", lead_order="order", shared=pl.col("count") > 1).explode(
            "lead"
        ),
        on="report_id",
    )
    related = (pl.col("region_code") == pl.col("lead")) | within("region_code", "lead")
    led = led.filter(related | (pl.col("order") == pl.col("lead_order")))
    later = pl.col("order") > pl.col("lead_order")
    # What a later source says is preferred if it is narrower, or settles whom a shared name means.
    narrowed = led.filter(later, within("region_code", "lead") | pl.col("shared")).filter(
        pl.col("region_code").n_unique().over("report_id") == 1
    )
    narrowed = narrowed.unique("report_id", keep="first", maintain_order=True)
    own = flat.join(first.select("report_id", "order"), on=["report_id", "order"])
    single = own.filter(pl.len().over("report_id") == 1)
    title = flat.filter(pl.col("source") == "title", pl.col("count") == 1)
    clash = single.join(title.select("report_id", other="region_code"), on="report_id")
    clash = clash.filter(
        pl.col("region_code") != pl.col("other"),
        ~within("region_code", "other"),
        ~within("other", "region_code"),
    )
    decided = pl.concat([narrowed.select(single.columns), single]).unique(
        "report_id", keep="first", maintain_order=True
    )
    decided = decided.join(clash, on="report_id", how="anti").select(
        "report_id", "region_code", region_method="source", region_evidence="evidence"
    )
    namesakes = pl.concat(
        [
            own.join(decided, on="report_id", how="anti").select("report_id", "region_code"),
            clash.select("report_id", region_code="other"),
        ]
    )
    return decided, namesakes.unique(maintain_order=True), closed


def in_batches(spans: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The folded texts of reports, BATCH at a time: report_id, text."""
    for part in spans.iter_slices(BATCH):
        text = pl.col("folded").str.slice(pl.col("span_start"), pl.col("span_end") - pl.col("span_start"))
        # Blanks inside names (宣 州 区) are the typesetter's; nothing here needs to know where a word stands.
        plain = text.str.replace_all(r"[ \t\u{3000}]", "")
        yield part.select("report_id", text=plain)


def refute(texts: pl.DataFrame, wide: pl.DataFrame) -> pl.DataFrame:
    """Reports of provinces and prefectures whose text calls its own region something else: report_id."""
    own = own_kinds(texts).join(wide, on="report_id")
    own = own.join(gazetteer.kinds().rename({"kind": "own"}), on=["region_code", "own"], how="anti")
    return own.filter(pl.col("own").is_not_null()).select("report_id")


def weigh(
    texts: pl.DataFrame, namesakes: pl.DataFrame, pages: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The regions that texts[report_id, text] favour clearly, else those of their pages that the texts go
    with, in the columns of the result; and the evidence."""
    own = own_kinds(texts)
    sentences = split_sentences(texts)
    found = classify(find_names(sentences), own.select("report_id", "blanked"))
    places = place_evidence(own_sentences(sentences, found))
    evidence = pl.concat([name_evidence(found), places, site_evidence(texts)])
    around = pages.join(texts, on="report_id", how="semi")
    told = around.select("report_id", "region_code", "word", source=pl.lit("page"), weight=pl.lit(PAGE))
    evidence = pl.concat([evidence, told.select(evidence.columns)])
    chosen = choose(evidence, own, namesakes.join(texts, on="report_id", how="semi"))
    shared = namesakes.select("report_id")
    settled = pl.concat([chosen.select("report_id"), shared])
    subjects = choose_by_subject(found, texts, own).join(settled, on="report_id", how="anti")
    chosen = pl.concat([chosen, subjects])
    # the yearbook of a city tells of its counties too, but is the city's
    books = around.filter("book").select("report_id", book="region_code")
    inner = chosen.join(books, on="report_id").filter(within("region_code", "book"))
    chosen = chosen.join(inner, on="report_id", how="anti", maintain_order="left")
    open_ = around.join(pl.concat([chosen.select("report_id"), shared]), on="report_id", how="anti")
    chosen = pl.concat([chosen, choose_by_page(open_, evidence, own)])
    chosen = chosen.rename({"method": "region_method", "evidence": "region_evidence"}).select(RESULT)
    return chosen, evidence
