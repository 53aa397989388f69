"""Names of indicators and regions, and which pages this site has: what every page needs to link to others."""

from dataclasses import dataclass

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

    def indicator(self, indicator_id: str) -> Indicator:
        found = self.indicators.get(indicator_id)
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
    reporting = published.select(
        "core.reports", ("region_code",), "WHERE region_code IS NOT NULL GROUP BY ALL"
    )
    return Reference(
        indicators, regions, domains, subjects,
        frozenset(observed["indicator_id"].drop_nulls()), frozenset(reporting["region_code"]),
    )  # fmt: skip
