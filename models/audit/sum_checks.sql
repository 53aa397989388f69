-- Do the parts add up? One row for each whole and list of its parts, and for urban and rural against their total,
-- whether it holds or not. `marts.audit_findings` tells those that don't.
with members as (
    select
        relation.list_id,
        relation.whole_id,
        relation.part_id,
        relation.cue,
        relation.at_once,
        relation.label,
        relation.report_id,
        relation.document_id,
        relation.unit,
        part.position,
        part_facts.value as part_value,
        part_facts.rounding as part_rounding,
        part_facts.comparator = '=' and part_facts.value_high is null and not part.loose as part_exact,
        part_facts.residence,
        part_facts.written,
        -- What the parts come to so far, in the order of the text.
        sum(part_facts.value) over so_far as sum_so_far,
        row_number() over so_far as part_no,
        whole_facts.value as whole_value,
        -- 站内救助3105人次、站外救助757人次, 其中...: a list may be of two figures side by side.
        coalesce(beside_facts.value, 0) as value_beside,
        whole_facts.rounding as whole_rounding,
        whole_facts.comparator = '=' and whole_facts.value_high is null as whole_exact,
        part.side,
        -- 建立党组织307个, 其中单独建立164个、联合建立143个, 覆盖社会组织846个: what is larger than the whole and of
        -- another subject begins another matter, unless it is the first.
        part_facts.value > whole_facts.value and part_facts.subject <> whole_facts.subject as is_another
    from audit.parts_and_wholes as relation
    join core.contexts as part on part.observation_id = relation.part_id
    join marts.facts as part_facts on part_facts.observation_id = relation.part_id
    join marts.facts as whole_facts on whole_facts.observation_id = relation.whole_id
    join core.contexts as whole on whole.observation_id = relation.whole_id
    left join core.contexts as beside
        on beside.document_id = whole.document_id
        and beside.sentence_no = whole.sentence_no
        and beside.position = whole.position - 1
    left join marts.facts as beside_facts
        on beside_facts.observation_id = beside.observation_id
        and beside_facts.indicator_id = whole_facts.indicator_id
        and beside_facts.unit = whole_facts.unit
        and beside_facts.status = whole_facts.status
    where relation.cue <> 'drawn'
    window
        so_far as (
            partition by relation.list_id, relation.whole_id order by part.position
            rows between unbounded preceding and current row
        )
),

listed as (
    select
        *,
        coalesce(min(part_no) filter (where is_another and part_no > 1) over one_list, part_no + 1) as another_from
    from members
    window one_list as (partition by list_id, whole_id)
),

lists as (
    select
        list_id,
        whole_id,
        any_value(cue) as cue,
        bool_and(at_once) as at_once,
        any_value(report_id) as report_id,
        any_value(document_id) as document_id,
        any_value(unit) as unit,
        any_value(whole_value) as whole_value,
        any_value(value_beside) as value_beside,
        count(part_id) as n_parts,
        sum(part_value) as parts_sum,
        max(part_value) as largest_part,
        min(part_value) filter (where part_no = 1) as first_part,
        -- Where the first few parts are the whole already, another matter follows them.
        bool_or(part_no > 1 and abs(sum_so_far - whole_value) <= 1e-9 * whole_value) as first_parts_hold,
        (any_value(whole_rounding) + sum(part_rounding)) / 2 + 1e-9 * any_value(whole_value) as tolerance,
        bool_and(part_exact) and bool_and(whole_exact) as exact,
        list(part_id order by position) as part_ids,
        string_agg(written, '＋' order by position) as parts_written,
        -- Of 城镇低保, 农村低保 and 医疗救助 the two halves are not the whole.
        count(distinct residence) filter (where residence <> 'total') = 2
        and bool_and(residence <> 'total') as both_residences,
        case when bool_and(side is not null) then list(distinct side) end as sides,
        count(distinct side) = count(part_id) as sides_differ
    from listed
    where part_no < another_from
    group by list_id, whole_id
),

-- Those that together are a whole by their names, and who may be among them.
whole_sets (of_set, may_join) as (
    values
    (['centralised', 'dispersed'], []),
    (['men', 'women'], []),
    (['public', 'private'], []),
    (['done', 'not_done'], []),
    (['social_groups', 'private_orgs'], ['foundations']),
    (['class_1', 'class_2', 'class_3'], []),
    (['from_80', 'from_90_to_99', 'from_100'], []),
    (['from_80', 'from_90'], []),
    (['both_away', 'one_away'], []),
    (['own_branch', 'joint_branch'], []),
    (['registered', 'by_court'], []),
    (['passed', 'nearly_passed', 'failed'], []),
    (['in_money', 'in_kind'], [])
),

sided as (
    select
        lists.*,
        lists.both_residences or exists (
            select 1
            from whole_sets
            where list_has_all(lists.sides, whole_sets.of_set)
                and list_has_all(whole_sets.of_set || whole_sets.may_join, lists.sides)
        ) as both_sides
    from lists
),

judged as (
    select
        lists.*,
        -- Do the parts claim to be the whole? Brackets with several, totals and rests do; urban with rural, 集中 with
        -- 分散 do; and so do 户 and 人 side by side where one of the two adds up.
        n_parts > 1
        and (
            cue in ('brackets', 'total', 'rest')
            or both_sides
            or bool_or(n_parts > 1 and abs(parts_sum - whole_value) <= tolerance) over (partition by list_id)
        ) as complete,
        -- Can the parts overlap? People and households can stand in two groups at once, payments and events cannot, nor
        -- those of two grades or ages.
        units.measure is null
        or units.measure not in ('persons', 'households')
        or coalesce(lists.sides is not null and lists.sides_differ, false) as disjoint
    from sided as lists
    left join ref.units as units on units.unit = lists.unit
),

-- Urban and rural beside their total in one paragraph, though not as a list of its parts; or, said in one sentence,
-- against the total of the whole area that stands elsewhere in the report.
residences as (
    select
        facts.report_id,
        any_value(facts.document_id) as document_id,
        any_value(facts.unit) as unit,
        max(facts.observation_id) filter (where facts.residence = 'total') as whole_id,
        max(facts.value) filter (where facts.residence = 'total') as whole_value,
        sum(facts.value) filter (where facts.residence <> 'total') as parts_sum,
        max(facts.value) filter (where facts.residence <> 'total') as largest_part,
        max(facts.value) filter (where facts.residence = 'urban') as first_part,
        sum(facts.rounding) / 2 + 1e-9 * max(facts.value) as tolerance,
        bool_and(facts.comparator = '=' and facts.value_high is null) as exact,
        list(facts.observation_id order by facts.residence desc) filter (where facts.residence <> 'total') as part_ids,
        string_agg(facts.written, '＋' order by facts.residence desc) filter (where facts.residence <> 'total')
            as parts_written
    from marts.facts as facts
    join core.contexts as context on context.observation_id = facts.observation_id
    where facts.scope = 'region'
        and facts.change <> 'delta'
        and facts.measure in ('persons', 'households', 'person_times', 'household_times', 'expenditure')
    group by
        grouping sets (
            (
                facts.report_id, facts.indicator_id, facts.change, facts.subgroup, facts.status, facts.year, facts.unit,
                facts.period_start, facts.period_end, context.paragraph_no
            ),
            (
                facts.report_id, facts.indicator_id, facts.change, facts.subgroup, facts.status, facts.year, facts.unit
            )
        )
    -- Each said once: where a figure comes twice, which belong together is not known.
    having count(distinct facts.residence) = 3
        and count(facts.observation_id) = 3
        and (
            grouping(context.paragraph_no) = 0
            or (
                count(distinct context.paragraph_no) > 1
                and count(distinct context.sentence_no) filter (where facts.residence <> 'total') = 1
                -- What names no day is of the day that its own report names beside it; money is of equal months.
                and case
                    when bool_or(facts.flow)
                        then count(distinct coalesce(facts.months, 12)) = 1
                    else count(distinct facts.period_end) <= 1
                end
                -- 城乡特困人员 is not said of the whole area: then only what its parts come near.
                and (
                    bool_or(context.said_of_area) filter (where facts.residence = 'total')
                    or sum(facts.value) filter (where facts.residence <> 'total')
                    / max(facts.value) filter (where facts.residence = 'total') between 0.8 and 1.25
                )
            )
        )
),

checks as (
    select
        cue, whole_id, part_ids, report_id, document_id, unit, whole_value, parts_sum, largest_part, first_part,
        parts_written, n_parts, tolerance, exact, complete, disjoint, at_once,
        first_parts_hold
        or (
            value_beside > 0 and parts_sum > whole_value and parts_sum <= whole_value + value_beside and not both_sides
        ) as first_parts_hold
    from judged
    union all
    select
        'residence', whole_id, part_ids, report_id, document_id, unit, whole_value, parts_sum, largest_part, first_part,
        parts_written, 2, tolerance, exact, true, true, true, false
    from residences
    -- Far apart, the three are of different matters.
    where parts_sum between 0.5 * whole_value and 2 * whole_value
        and whole_id not in (
            select whole_id from judged
            where both_sides
        )
)

select
    md5(cue || whole_id || array_to_string(part_ids, ',')) as check_id,
    checks.cue,
    checks.whole_id,
    checks.part_ids,
    checks.n_parts,
    checks.unit,
    checks.whole_value,
    whole.written as whole_written,
    checks.parts_sum,
    checks.parts_written,
    checks.largest_part,
    checks.parts_sum - checks.whole_value as difference,
    checks.tolerance,
    checks.complete,
    checks.disjoint,
    case
        when not checks.exact then 'inexact'
        when abs(checks.parts_sum - checks.whole_value) <= checks.tolerance or checks.first_parts_hold then 'holds'
        -- The first part alone larger than its whole. Where other words stand between the whole and 其中, the whole
        -- may be another; where a later part is larger, that part may be of another matter.
        when checks.first_part > checks.whole_value + checks.tolerance and checks.at_once and checks.cue <> 'total'
            then 'part_over_whole'
        when checks.largest_part > checks.whole_value + checks.tolerance then 'unclear'
        -- A total far from the figures before it is rather of more than these.
        when checks.cue = 'total' and checks.parts_sum not between 0.5 * checks.whole_value and 2 * checks.whole_value
            then 'unclear'
        when checks.complete then 'does_not_add_up'
        when checks.parts_sum > checks.whole_value + checks.tolerance and checks.n_parts > 1 and checks.disjoint
            then 'exceeds_whole'
        when checks.parts_sum > checks.whole_value + checks.tolerance then 'unclear'
        else 'within_whole'
    end as result,
    whole.region_code,
    whole.year,
    checks.report_id,
    checks.document_id
from checks
join marts.facts as whole on whole.observation_id = checks.whole_id
order by checks.document_id, checks.whole_id
