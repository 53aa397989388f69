-- How values moved: from-to pairs given in the text, growth given in the text, and year on year across reports.
with figures as (
    select
        facts.*,
        coalesce(facts.subgroup, '') as subgroup_key,
        context.sentence_no,
        context.position,
        context.grows,
        context.called,
        context.limits,
        context.thing,
        observations.subject_word
    from marts.facts as facts
    join core.contexts as context on context.observation_id = facts.observation_id
    join core.observations as observations on observations.observation_id = facts.observation_id
    -- What fits no subject is no indicator, and how it moved nobody can look up.
    where facts.subject <> 'other'
),

earlier as (
    select * from figures
    where status = 'prior'
        and change = 'level'
        -- What an office may grant or keep at hand was not spent.
        and not (limits and measure = 'expenditure')
),

later as (
    select *
    from figures
    where status <> 'prior'
        and change = 'level'
        and (document_id, sentence_no) in (select (document_id, sentence_no) from earlier)
),

-- 命名道路87条, 其中甲39条、乙17条, 上年64条: what is said behind a list is not of its last part, but of the whole.
listed as (
    select unnest(list(part_id)) as part_id
    from audit.parts_and_wholes
    where cue in ('of_which', 'brackets')
    group by list_id, unit
    having count(part_id) > 1
),

-- 由800元提高到860元: the later value is the next one of the same key in the sentence...
forward as (
    select earlier.observation_id as before_id, later.observation_id as now_id
    from earlier
    asof join later
        on later.document_id = earlier.document_id
        and later.sentence_no = earlier.sentence_no
        and later.indicator_id = earlier.indicator_id
        and later.residence = earlier.residence
        and later.subgroup_key = earlier.subgroup_key
        and later.unit = earlier.unit
        -- A yearly rate does not become a monthly one: such pairs are of two rates side by side.
        and later.unit_read = earlier.unit_read
        and later.position > earlier.position
    -- What three quarters cost does not grow into what the year did.
    where not coalesce(later.flow and later.months <> earlier.months, false)
),

unlisted as (
    select * from later
    where observation_id not in (select part_id from listed)
),

-- ...or the last one before it: 达到860元(上年800元).
backward as (
    select earlier.observation_id as before_id, later.observation_id as now_id
    from earlier
    asof join unlisted as later
        on later.document_id = earlier.document_id
        and later.sentence_no = earlier.sentence_no
        and later.indicator_id = earlier.indicator_id
        and later.residence = earlier.residence
        and later.subgroup_key = earlier.subgroup_key
        and later.unit = earlier.unit
        and later.unit_read = earlier.unit_read
        and later.position < earlier.position
    where not coalesce(later.flow and later.months <> earlier.months, false)
        and earlier.observation_id not in (select before_id from forward)
),

from_to as (
    -- 从771家、481家增加到1076家、636家: which belongs to which the nearest does not tell.
    select any_value(before_id) as before_id, now_id from forward
    group by now_id
    having count(before_id) = 1
    union all
    select before_id, now_id from backward
),

-- 2100对, 比上年增长9.5%: the growth of the nearest level of the same subject before it in the sentence, where its
-- clause names nothing else that may have grown.
growth as (
    select *
    from figures
    where change = 'delta'
        and status = 'actual'
        and scope = 'region'
        and grows
),

levels as (
    select *
    from figures
    where change = 'level'
        and status = 'actual'
        and measure <> 'ratio'
        and (document_id, sentence_no) in (select (document_id, sentence_no) from growth)
        and observation_id not in (select part_id from listed)
),

growth_of as (
    select
        growth.observation_id as stated_id,
        levels.observation_id as now_id,
        case when growth.unit = '%' then growth.value end as stated_percent,
        case when growth.unit = levels.unit then growth.value end as stated_difference
    from growth
    asof join levels
        on levels.document_id = growth.document_id
        and levels.sentence_no = growth.sentence_no
        and levels.subject = growth.subject
        and levels.residence = growth.residence
        and levels.subgroup_key = growth.subgroup_key
        and levels.position < growth.position
    where growth.unit in ('%', levels.unit)
),

best as (
    select *, coalesce(subgroup, '') as subgroup_key
    from marts.indicators_by_region_year
    where status = 'actual'
        and scope = 'region'
        and not given_as_part
        and change in ('level', 'added', 'removed')
),

year_on_year as (
    select
        before.observation_id as before_id,
        now.observation_id as now_id
    from best as now
    join best as before
        on before.region_code = now.region_code
        and before.year = now.year - 1
        and before.indicator_id = now.indicator_id
        and before.change = now.change
        and before.residence = now.residence
        and before.subgroup_key = now.subgroup_key
        and before.unit = now.unit
    join figures as now_said on now_said.observation_id = now.observation_id
    join figures as before_said on before_said.observation_id = before.observation_id
    -- One subject can take in several things (领证, 登记); those of one word are compared, flows over as many months.
    where now_said.subject_word is not distinct from before_said.subject_word
        and (
            '' in (now_said.thing, before_said.thing)
            or left(now_said.thing, 2) = left(before_said.thing, 2)
        )
        and (not now.flow or coalesce(now.months, 12) = coalesce(before.months, 12))
),

before_of as (
    select
        now_id,
        any_value(before_id) as before_id
    from from_to
    group by now_id
),

pairs as (
    select
        'from_to' as kind, before_id, now_id, null::varchar as stated_id,
        null::double as stated_percent, null::double as stated_difference
    from from_to
    union all
    select
        'growth_given', coalesce(before_of.before_id, year_on_year.before_id), growth_of.now_id, growth_of.stated_id,
        growth_of.stated_percent, growth_of.stated_difference
    from growth_of
    left join before_of on before_of.now_id = growth_of.now_id
    left join year_on_year on year_on_year.now_id = growth_of.now_id
    union all
    select 'year_on_year', before_id, now_id, null, null, null
    from year_on_year
)

select
    md5(pairs.kind || pairs.now_id || coalesce(pairs.before_id, '') || coalesce(pairs.stated_id, '')) as change_id,
    pairs.kind,
    now.region_code,
    regions.full_name as region,
    now.indicator_id,
    now.indicator_zh,
    now.change,
    now.residence,
    now.subgroup,
    now.status,
    now.unit,
    before.year as year_before,
    before.value as value_before,
    now.year,
    now.value,
    round(now.value - before.value, 6) as difference,
    round(100 * (now.value - before.value) / nullif(before.value, 0), 2) as percent,
    pairs.stated_percent,
    pairs.stated_difference,
    -- What the text calls the move; in `from_to` only.
    case when pairs.kind = 'from_to' then now.called end as called,
    before.written as written_before,
    now.written,
    stated.written as stated_written,
    -- The codes of trust stand in the order of the alphabet.
    least(now.trust, before.trust, stated.trust) as trust,
    before.observation_id as before_observation_id,
    pairs.now_id as observation_id,
    pairs.stated_id as stated_observation_id,
    now.report_id,
    now.document_id
from pairs
join figures as now on now.observation_id = pairs.now_id
left join marts.facts as before on before.observation_id = pairs.before_id
left join marts.facts as stated on stated.observation_id = pairs.stated_id
left join ref.regions as regions on regions.region_code = now.region_code
order by now.region_code, now.indicator_id, now.year, pairs.kind
