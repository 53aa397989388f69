"""Views for comparison: completeness, spending per head and month, regions beside their province; lists of
what stands in no mart and of what is planned."""

from marts_lab import Lab

LIKELY = "confidence=0.99"


def row(lab: Lab, table: str, **where: object) -> dict:
    said = " AND ".join(f"{name} = '{value}'" for name, value in where.items())
    found = lab.con.sql(f"FROM marts.{table} WHERE {said}").pl().to_dicts()
    assert len(found) == 1, found
    return found[0]


def test_completeness_counts_what_was_expected_reported_and_planned():
    lab = Lab()
    lab.report("低保对象{1200人|dibao.persons}，孤儿{12人|orphan.persons}。", year=2022)
    lab.report("新建养老床位{300张|elder_bed.beds status=target}。", year=2024, genre="plan")
    lab.build("completeness")
    expected = lab.con.sql("SELECT count(headline) FROM ref.indicators").fetchall()[0][0]
    told = row(lab, "completeness", year=2022)
    assert (told["n_expected"], told["n_reported"], told["n_missing"]) == (expected, 2, expected - 2)
    assert told["reported_percent"] == round(200 / expected, 1) and told["reports_kind"] == "results"
    assert row(lab, "completeness", year=2023)["reports_kind"] == "no_report"
    assert row(lab, "completeness", year=2024)["reports_kind"] == "plans_only"


def test_completeness_adds_up_where_only_plans_or_quotes_are_there():
    lab = Lab()
    lab.report("低保对象{1200人|dibao.persons}。", year=2023, genre="summary_and_plan")
    lab.report(
        "改造{300户|home_adaptation.households status=target year=2024}，"
        "孤儿{12人|orphan.persons year=2021}。"
    )
    lab.report("新建养老床位{300张|elder_bed.beds status=target}。", year=2026, genre="plan")
    lab.build("completeness")
    years = lab.all(
        "SELECT year, reports_kind, n_reported, n_planned_only, "
        "n_expected - n_no_results_report - n_missing, reported_percent IS NULL "
        "FROM marts.completeness ORDER BY year"
    )
    assert years == [
        (2021, "no_report", 1, 0, 1, True),
        (2023, "results", 1, 0, 1, False),
        (2024, "plans_only", 0, 1, 1, True),
        (2025, "no_report", 0, 0, 0, True),
        (2026, "plans_only", 0, 1, 1, True),
    ]
    assert lab.offending("completeness", "adds_up") == []


def test_spending_per_head_says_over_which_months_and_how_it_moved():
    lab = Lab()
    for year, money in ((2022, "480万元"), (2023, "600万元")):
        lab.report(
            f"低保对象{{1000人|dibao.persons {LIKELY}}}，发放低保金{{{money}|dibao.expenditure {LIKELY}}}，"
            f"城市标准{{700元|dibao.standard residence=urban {LIKELY}}}、"
            f"农村标准{{500元|dibao.standard residence=rural {LIKELY}}}。"
            f"临时救助{{50人|temporary_assistance.persons {LIKELY}}}、"
            f"{{5万元|temporary_assistance.expenditure {LIKELY}}}。",
            year=year,
        )
    lab.build("per_head")
    before, now = (row(lab, "per_head", subject="dibao", year=year) for year in (2022, 2023))
    assert (before["yuan_per_person_month"], now["yuan_per_person_month"]) == (400.0, 500.0)
    assert (now["year_before"], now["change_percent"], now["months_assumed"]) == (2022, 25.0, True)
    assert (now["standard_low"], now["standard_high"]) == (500.0, 700.0)
    assert before["change_percent"] is None
    once = lab.con.sql("FROM marts.per_head WHERE subject = 'temporary_assistance'").fetchall()
    assert once == [], "help that is given once has no month"


def test_a_region_stands_beside_the_nearest_year_of_its_province():
    lab = Lab()
    for year, standard in ((2022, 600), (2024, 660)):
        lab.report(
            f"城市低保标准{{{standard}元|dibao.standard residence=urban {LIKELY}}}，"
            f"孤儿{{100人|orphan.persons {LIKELY}}}。",
            region_code="110000", year=year,
        )  # fmt: skip
    lab.report(
        f"城市低保标准{{580元|dibao.standard residence=urban {LIKELY}}}，"
        f"孤儿{{12人|orphan.persons {LIKELY}}}。",
        year=2022,
    )
    lab.build("beside_province")
    standard = row(lab, "beside_province", indicator_id="dibao.standard")
    assert (standard["province_year"], standard["province_value"]) == (2022, 600.0)
    assert (standard["stands"], standard["percent_of_province"]) == ("below", 96.67)
    orphans = row(lab, "beside_province", indicator_id="orphan.persons")
    assert (orphans["stands"], orphans["percent_of_province"]) == (None, 12.0), (
        "a part is not below its whole"
    )


def test_a_region_is_not_compared_with_another_year_of_its_province():
    lab = Lab()
    for region, year, standard in (("110000", 2025, 660), ("110101", 2023, 600), ("110101", 2025, 650)):
        lab.report(
            f"城市低保标准{{{standard}元|dibao.standard residence=urban {LIKELY}}}。",
            region_code=region, year=year,
        )  # fmt: skip
    lab.build("beside_province")
    rows = lab.all(
        "SELECT year, province_value, years_apart, stands, percent_of_province FROM marts.beside_province "
        "ORDER BY year"
    )
    assert rows == [(2023, 660, -2, None, None), (2025, 660, 0, "below", 98.48)]


def test_what_reaches_no_mart_is_listed_with_the_reason_and_not_called_missing():
    lab = Lab()
    lab.report("全县低保对象{900人|dibao.persons}。", region_code="110102", year=2015, genre="summary")
    lab.report("全县孤儿{31人|orphan.persons}。", region_code="110102", year=None, genre="summary")
    lab.report("全县低保对象{700人|dibao.persons}。", region_code=None, year=2015)
    lab.report("建成{12个|other.count}。", region_code="110102", year=2015, genre="summary")
    lab.report(
        "发放高龄津贴{80万元|old_age_allowance.expenditure period_start=2014-07-01 period_end=2015-06-30}。",
        region_code="110102", year=2015, genre="summary",
    )  # fmt: skip
    lab.build("coverage", "unplaced")
    found = lab.con.execute("SELECT reason, lacks, written FROM marts.unplaced ORDER BY written").fetchall()
    assert found == [
        ("no_subject", "subject", "12个"),
        ("no_year", "year", "31人"),
        ("no_region", "region", "700人"),
        ("several_years", "years", "80万元"),  # twelve months, but of two years
    ]
    states = dict(
        lab.con.execute(
            "SELECT indicator_id, state FROM marts.coverage WHERE region_code = '110102' AND year = 2015"
        ).fetchall()
    )
    assert (states["orphan.persons"], states["dibao.persons"]) == ("unplaced", "reported")


def test_a_work_item_has_the_domain_of_its_title_or_of_its_figures():
    lab = Lab()
    report = lab.report(
        "健全養老服務體系。办好实事，改造{300户|home_adaptation.households status=target}。其他。",
        genre="plan",
    )
    titles = ("健全養老服務體系", "办好实事", "其他", "加强社会组织党建")
    for number, title in enumerate(titles, 1):
        lab.add(
            "core.tasks", task_id=f"{report}-t{number:03d}", document_id=report[:16], report_id=report,
            ordinal=number, title=title, year=2024, region_code="110101", span_start=0, span_end=1,
        )  # fmt: skip
    lab.rows["core.observations"][0]["task_id"] = f"{report}-t002"
    lab.build("work_programme")
    rows = lab.all("SELECT title, domain, domain_zh, targets FROM marts.work_programme ORDER BY ordinal")
    assert rows == [
        ("健全養老服務體系", "elderly_care", "养老服务", None),
        ("办好实事", "elderly_care", "养老服务", "300户 适老化改造户数"),
        ("其他", None, None, None),
        ("加强社会组织党建", "social_organization", "社会组织", None),
    ]
