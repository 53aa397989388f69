"""Names of indicators and regions, and which pages this site has: what every page needs to link to others."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from pipeline.site.data import Published
from pipeline.site.names import indicator_page, region_page
from pipeline.site.places import full_name, short_name
from pipeline.site.words import Label


@dataclass(frozen=True)
class Indicator:
    indicator_id: str
    zh: str
    en: str
    domain: str
    unit: str
    subject: str
    measure: str


@dataclass(frozen=True)
class Reference:
    """Look-ups by code. An unknown code stands for itself."""

    indicators: dict[str, Indicator]
    regions: dict[str, dict]
    domains: dict[str, Label]
    subjects: dict[str, Label]
    indicator_pages: frozenset[str]
    region_pages: frozenset[str]
    shares: Set[str | None]  # units of shares and rates
    ratios: Mapping[str, Set[str | None]]  # the units that figures of a ratio have

    def indicator(self, indicator_id: str, *units: str | None) -> Indicator:
        """An indicator by its id. A ratio in a unit that counts (34.2张 to each thousand people) is named by
        what it counts, as `marts.facts` does: of figures in `units`, or of all that there are."""
        found = self.indicators.get(indicator_id)
        said = {*units} or self.ratios.get(indicator_id, set())
        if found and found.measure == "ratio" and (counted := sorted(filter(None, said - self.shares))):
            thing, shares = self.subject(found.subject), bool(said & self.shares)
            each = [f"每…{thing.zh}（{unit}）" for unit in counted]
            zh, en = "、".join([found.zh] * shares + each), [found.en] * shares + [f"{thing.en} per …"]
            return replace(found, zh=zh, en=", ".join(en))
        if found:
            return found
        subject, _, measure = indicator_id.partition(".")
        return Indicator(indicator_id, indicator_id, indicator_id, "other", "", subject, measure)

    def indicator_name(self, indicator_id: str) -> Label:
        found = self.indicator(indicator_id)
        return Label(found.zh, found.en)

    def region_name(self, code: str | None) -> Label:
        return full_name(code, self.regions.get(code) or {}) if code else Label("", "")

    def province_name(self, code: str) -> Label:
        """The province that a region, or a province's first two digits, belongs to."""
        province = next((each["province"] for key, each in self.regions.items() if key[:2] == code[:2]), None)
        name = province or self.region_name(code[:2] + "0000").zh
        return full_name(code[:2] + "0000", {"full_name": name, "province": name})

    def short_region(self, code: str) -> Label:
        return short_name(code, self.regions.get(code) or {})

    def domain(self, code: str | None) -> Label:
        return self.domains.get(code or "") or Label(code or "", code or "")

    def subject(self, code: str) -> Label:
        return self.subjects.get(code) or Label(code, code)

    def indicator_href(self, indicator_id: str) -> str | None:
        return indicator_page(indicator_id) if indicator_id in self.indicator_pages else None

    def region_href(self, code: str | None) -> str | None:
        return region_page(code) if code in self.region_pages else None


def read_reference(published: Published) -> Reference:
    """The vocabulary as published; pages exist for indicators that were observed and regions that report."""
    columns = (
        "indicator_id",
        "name_zh",
        "name_en",
        "domain",
        "domain_zh",
        "domain_en",
        "unit",
        "subject",
        "measure",
    )
    indicators, domains = {}, {}
    # The vocabulary names the domains in the order in which offices report on them.
    for code in published.select("ref.subjects", ("domain",))["domain"].unique(maintain_order=True):
        domains[code] = Label(code, code)
    for row in published.select("ref.indicators", columns).iter_rows(named=True):
        subject, _, measure = row["indicator_id"].partition(".")
        code = row["domain"] or "other"
        indicators[row["indicator_id"]] = Indicator(
            row["indicator_id"], row["name_zh"] or row["indicator_id"], row["name_en"] or "", code,
            row["unit"] or "", subject, measure,
        )  # fmt: skip
        domains[code] = Label(row["domain_zh"] or code, row["domain_en"] or code)
    if "other" not in domains:
        domains["other"] = Label("其他", "Other")
    regions = {
        row["region_code"]: row
        for row in published.select(
            "ref.regions",
            ("region_code", "name", "full_name", "level", "province", "city"),
            "WHERE region_code IN "
            "(SELECT region_code FROM core.reports UNION SELECT region_code FROM core.observations)",
        ).iter_rows(named=True)
    }
    named = published.select("ref.subjects", ("subject", "name_zh", "name_en"))
    subjects = {code: Label(zh or code, en or code) for code, zh, en in named.iter_rows()}
    # What fits no subject is no indicator: it has neither a page nor a place in lists.
    observed = published.select(
        "core.observations", ("indicator_id",), "WHERE subject <> 'other' GROUP BY ALL"
    )
    ratios: dict[str, set[str | None]] = {}
    in_units = published.select(
        "core.observations", ("indicator_id", "unit"), "WHERE measure = 'ratio' GROUP BY ALL"
    )
    for indicator_id, unit in in_units.iter_rows():
        ratios.setdefault(indicator_id, set()).add(unit)
    shares = published.select("ref.units", ("unit",), "WHERE measure = 'ratio'")["unit"]
    reporting = published.select(
        "core.reports", ("region_code",), "WHERE region_code IS NOT NULL GROUP BY ALL"
    )
    return Reference(
        indicators, regions, domains, subjects,
        frozenset(observed["indicator_id"].drop_nulls()), frozenset(reporting["region_code"]),
        {None, "", *shares}, ratios,
    )  # fmt: skip
