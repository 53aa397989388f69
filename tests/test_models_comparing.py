"""What is set beside each other is of one thing: changes, conflicts, targets and results."""

from marts_lab import Lab


def test_what_three_quarters_cost_is_no_growth_to_what_the_year_did():
    lab = Lab()
    of = "period_start=2019-01-01 period_end="
    lab.report(
        f"低保累计支出{{417元|dibao.expenditure status=prior {of}2019-09-30}}、"
        f"{{586元|dibao.expenditure {of}2019-12-31}}。"
        f"临时救助{{31元|temporary_assistance.expenditure status=prior {of}2019-12-31}}、"
        f"{{42元|temporary_assistance.expenditure {of}2019-12-31}}。",
        year=2019,
    )
    lab.build("changes")
    moved = lab.all("SELECT indicator_id, value_before, value FROM marts.changes")
    assert moved == [("temporary_assistance.expenditure", 31.0, 42.0)]


def test_conflicts_and_changes_are_of_one_thing_only():
    lab = Lab()
    lab.report(
        "全县有社会组织{337家|social_org.count}。引导社会组织{46家|social_org.count}结对帮扶。"
        "对全县社会组织{307家|social_org.count}作了检查。",
    )
    lab.report(
        "全县有低保对象{1092户|dibao.households}。走访困难家庭{220户|dibao.households}。",
        year=2022,
    )
    lab.report(
        "乡镇审批权限由{1000元|temporary_assistance.expenditure status=prior}提高到"
        "{3000元|temporary_assistance.expenditure}。",
        year=2021,
    )
    lab.report("力争每万名老年人有护理员{25名|caregiver.ratio status=target unit=人}。", year=2020)
    lab.build("changes", "conflicts", "targets_and_results")
    differs = lab.all("SELECT year, value FROM marts.conflicts WHERE standing <> 'chosen'")
    assert differs == [(2023, 307.0)]
    assert lab.all("SELECT * FROM marts.changes WHERE indicator_id LIKE 'temporary%'") == []
    assert lab.all("SELECT * FROM marts.targets_and_results") == []


def test_a_group_is_neither_chosen_before_its_whole_nor_a_conflict_of_it():
    lab = Lab()
    lab.report(
        "临时救助困难群众574户，支出{94万元|temporary_assistance.expenditure}。\n"
        "脱贫人口全年得到临时救助，"
        "支出{17万元|temporary_assistance.expenditure period_start=2023-01-01 period_end=2023-12-31}。\n"
        "农村低保对象{13420户|dibao.households period_end=2023-11-30}。\n"
        "对三类户逐户走访，符合条件的{1340户|dibao.households}已纳入农村低保。\n"
        "全县登记社会组织{1312家|social_org.count period_end=2023-06-30 subject_word=社会组织}。\n"
        "从年检看，合格社会组织{988家|social_org.count subject_word=社会组织}。\n"
        "自试点以来办理“跨省通办”婚姻登记{1126对|marriage_registration.couples subgroup=跨省通办}，"
        "其中结婚{973对|marriage.couples}。\n"
        "办理结婚登记{26418对|marriage.couples}，离婚登记{9842对|divorce.couples}。\n"
        "受理离婚申请{16730对|divorce.couples subgroup=受理离婚申请}。",
    )
    lab.build("conflicts", "indicators_by_region_year")
    chosen = (
        "SELECT value, trust FROM marts.indicators_by_region_year WHERE indicator_id = ? AND subgroup IS NULL"
    )
    assert lab.one(chosen, "temporary_assistance.expenditure") == (940_000, "sure")
    assert lab.one(chosen, "dibao.households")[0] == 13420
    assert lab.one(chosen, "social_org.count")[0] == 1312
    assert lab.one(chosen, "marriage.couples")[0] == 26418
    assert lab.one(chosen, "divorce.couples") == (9842, "sure")
    assert lab.all("SELECT indicator_id FROM marts.conflicts") == []


def test_a_table_gives_its_total_and_its_months_and_targets_no_conflict():
    lab = Lab()
    lab.report(
        "乡镇 | 低保人数 | 本月支出 | 累计支出 | 结婚目标 | 结婚完成\n"
        "东镇 | {188人|dibao.persons scope=part place=东镇} | 3 | 4\n"
        "西镇 | {51人|dibao.persons scope=part place=西镇} | 1 | 2\n"
        "合计 | {239人|dibao.persons} | "
        "{38.9万元|dibao.expenditure period_start=2023-09-01 period_end=2023-09-30} | "
        "{348.6万元|dibao.expenditure period_start=2023-01-01 period_end=2023-09-30} | "
        "{5300对|marriage.couples status=target} | {5230对|marriage.couples}\n"
    )
    lab.build("conflicts", "indicators_by_region_year")
    rows = lab.con.execute(
        "SELECT indicator_id, status, value FROM marts.indicators_by_region_year ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("dibao.expenditure", "actual", 3_486_000),
        ("dibao.persons", "actual", 239),
        ("marriage.couples", "actual", 5230),
        ("marriage.couples", "target", 5300),
    ]
    standing = lab.con.execute("SELECT DISTINCT standing FROM marts.conflicts ORDER BY ALL").fetchall()
    assert ("differs",) not in standing


def test_a_target_has_no_result_that_is_counted_otherwise_or_is_a_share_of_it():
    lab = Lab()
    lab.report(
        "计划更新火化机{2台|funeral_home.count status=target unit=个}，"
        "集中供养率达到{40%|tekun.ratio status=target}。\n"
        "改造守灵间{8间|funeral_home.count unit=个}。集中供养率完成目标的{104%|tekun.ratio}。",
    )
    lab.build("targets_and_results")
    assert lab.all("SELECT target, result FROM marts.targets_and_results WHERE result IS NOT NULL") == []


def test_a_value_differs_from_its_sources_only_where_conflicts_have_it():
    lab = Lab()
    lab.report(
        "全县享受低保{18737人|dibao.persons}。边缘户342户、646人，其中纳入低保264户、{469人|dibao.persons}。\n"
        "全县有敬老院{12所|elder_institution.count}，改造敬老院{3所|elder_institution.count}。\n"
        "全年办理结婚登记{1200对|marriage.couples}。\n",
        region_code="110101",
    )
    lab.report("2023年办理结婚登记{1210对|marriage.couples}。全县享受低保{18737人|dibao.persons}。")
    lab.build("conflicts")
    said = "SELECT indicator_id FROM marts.indicators_by_region_year WHERE NOT agree"
    assert lab.all(said) == [("marriage.couples",)]
    assert lab.all(f"SELECT DISTINCT indicator_id FROM marts.conflicts EXCEPT ({said})") == []
    # what is of another thing contradicts nothing, but may be what was meant
    doubted = "SELECT doubts, trust FROM marts.indicators_by_region_year WHERE indicator_id = ?"
    assert lab.one(doubted, "elder_institution.count") == (["other_values"], "likely")
    assert lab.one(doubted, "marriage.couples") == (["sources_differ"], "likely")
    assert lab.offending("conflicts", "told_by_agree") == []


def test_what_was_due_is_no_result_beside_what_was_done():
    lab = Lab()
    of = "social_org_inspection.count subject_word=年检"
    lab.report(f"应参加年检{{178家|{of}}}，实际参加{{168家|{of}}}。", region_code="110102")
    lab.report(f"参加年报的应有{{307家|{of} status=target}}，已完成{{224家|{of}}}。")
    lab.report(f"对全县{{307家|{of}}}社会组织开展年报。")
    lab.report(f"应检{{90家|{of}}}、已检{{90家|{of}}}。", year=2022)
    lab.build("targets_and_results")
    chosen = lab.all(
        "SELECT year, value, decided_by FROM marts.indicators_by_region_year WHERE status = 'actual' "
        "ORDER BY region_code, year"
    )
    assert chosen == [(2022, 90, "first_found"), (2023, 224, "done"), (2023, 168, "done")]
    pair = lab.one(
        "SELECT target, result, share_reached_percent, met, paired_by FROM marts.targets_and_results"
    )
    assert pair == (307, 224, 73.0, False, "sentence")


def test_a_doubtful_pair_is_neither_met_nor_missed_and_the_own_sentence_comes_first():
    lab = Lab()
    of = "home_adaptation.households"
    lab.report(f"计划改造{{120户|{of} status=target}}，已改造{{96户|{of}}}。全县改造{{130户|{of}}}。")
    lab.report(f"计划改造{{120户|{of} status=target confidence=0.7}}，改造{{96户|{of}}}。", year=2022)
    lab.build("targets_and_results")
    assert lab.all("SELECT year, result, met, trust FROM marts.targets_and_results ORDER BY year") == [
        (2022, 96, None, "doubtful"),
        (2023, 96, False, "sure"),
    ]
