-- Figures of one thing that are said twice differently: the words around both are alike, and so are the figures. Two
-- figures far apart are rather of two things than a slip, but for a lost 万 or a slipped decimal point.
with said as (
    select *
    from core.contexts
    where observation_id not in (select part_id from audit.parts_and_wholes)
),

counted as (
    select said.*, facts.report_id, facts.year, facts.unit
    from said
    join marts.facts as facts on facts.observation_id = said.observation_id
    where said.speaks_for_itself
        and length(said.thing) >= 2
        and facts.status = 'actual'
        and facts.change = 'level'
        and facts.measure in ('count', 'persons', 'households')
),

whole_area as (
    select
        *,
        row_number() over (partition by report_id, year, unit, left(thing, 4) order by position) as times
    from counted
    where said_of_area
),

-- What its words name by themselves: 全县现有特困人员, 五年累计发放低保金.
named as (
    select
        context.observation_id,
        context.sentence_no,
        context.bare_head,
        facts.* exclude (observation_id)
    from core.contexts as context
    join marts.facts as facts on facts.observation_id = context.observation_id
    join core.observations as read on read.observation_id = context.observation_id
    where read.table_id is null
        and length(context.bare_head) >= 4
        and contains(context.bare_head, read.subject_word)
        and length(read.subject_word) >= 3
        and context.depth = 0
        and facts.scope = 'region'
        and facts.place is null
        and facts.status = 'actual'
        and facts.measure in (
            'count', 'persons', 'households', 'person_times', 'household_times', 'couples', 'beds', 'expenditure'
        )
        and context.observation_id not in (
            select part_id from audit.parts_and_wholes
            where cue <> 'drawn'
        )
),

twice as (
    select
        other.observation_id as other_id, other.chosen_id as first_id, 'same_key' as kind,
        coalesce(other.indicator_zh, other.indicator_id) as name
    from marts.conflicts as other
    where other.standing = 'differs'
        and other.status = 'actual'
    union all
    -- 全区64个社区... 62个社区13个村...: the whole area's number of one thing, whatever subject it was taken for.
    select
        other.observation_id as other_id, area.observation_id as first_id, 'same_count' as kind,
        left(area.thing, least(length(other.thing), length(area.thing), 4)) as name
    from whole_area as area
    join counted as other
        on other.report_id = area.report_id
        and other.year = area.year
        and other.unit = area.unit
        and left(other.thing, 2) = left(area.thing, 2)
    where area.times = 1
        and other.observation_id <> area.observation_id
        and left(other.thing, least(length(other.thing), length(area.thing), 4))
        = left(area.thing, least(length(other.thing), length(area.thing), 4))
    union all
    -- Two sentences of one report that say the same before two figures of one key, in one period or none said.
    select
        other.observation_id as other_id, first.observation_id as first_id, 'same_key' as kind,
        coalesce(first.indicator_zh, first.indicator_id) as name
    from named as first
    join named as other
        on other.report_id = first.report_id
        and other.indicator_id = first.indicator_id
        and other.bare_head = first.bare_head
        and other.change = first.change
        and other.residence = first.residence
        and other.subgroup is not distinct from first.subgroup
        and other.region_code is not distinct from first.region_code
        and other.year is not distinct from first.year
        and other.unit = first.unit
        and other.sentence_no > first.sentence_no
    where other.months is not distinct from first.months
        and (
            other.period_end is not distinct from first.period_end
            or (not first.flow and (other.period_end is null or first.period_end is null))
        )
),

pairs as (
    select
        *,
        -- A pair can be found by its key and by its words; one is enough.
        row_number() over (
            partition by least(other_id, first_id), greatest(other_id, first_id) order by kind desc
        ) as times
    from twice
)

select
    md5(pairs.other_id || ':' || pairs.first_id) as pair_id,
    pairs.kind,
    pairs.name as thing,
    pairs.first_id,
    pairs.other_id,
    first.value as first_value,
    other.value as other_value,
    first.unit,
    first.written as first_written,
    other.written as other_written,
    abs(log10(other.value / first.value)) >= 0.9 as power_of_ten,
    other.residence,
    case when pairs.kind = 'same_key' then other.subgroup end as subgroup,
    other.region_code,
    other.year,
    other.report_id,
    other.document_id
from pairs
join marts.facts as other on other.observation_id = pairs.other_id
join marts.facts as first on first.observation_id = pairs.first_id
join core.contexts as other_said on other_said.observation_id = pairs.other_id
join core.contexts as first_said on first_said.observation_id = pairs.first_id
where pairs.times = 1
    and other.value > 0
    and first.value > 0
    and other.comparator = '='
    and first.comparator = '='
    and other.value <> first.value
    and (other_said.document_id, other_said.sentence_no) <> (first_said.document_id, first_said.sentence_no)
    -- Of conflicts the words have been looked at already.
    and (pairs.kind = 'same_key' or other_said.bare_head = first_said.bare_head)
    and (
        pairs.kind = 'same_key'
        or length(first_said.bare_head) >= 3
        or (left(other_said.thing, 2) = left(first_said.thing, 2) and length(first_said.thing) >= 2)
    )
    and (
        other.value / first.value between 0.8 and 1.25
        -- 28人 and 82人: the same digits in another order.
        or list_sort(string_split(try_cast(other.value as bigint)::varchar, ''))
        = list_sort(string_split(try_cast(first.value as bigint)::varchar, ''))
        or (
            abs(log10(other.value / first.value)) >= 0.9
            and abs(log10(other.value / first.value) - round(log10(other.value / first.value))) < 0.003
        )
    )
order by other.document_id, first.observation_id, other.observation_id
