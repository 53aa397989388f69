-- The same key with different values, and where each stands: the sources behind indicators_by_region_year wherever
-- they don't all say the same. One row a source; figures of other things under the same key are left out.
with differing as (
    select
        chosen_id,
        count(observation_id) as n_differing
    from audit.standings
    where contradicts
    group by chosen_id
)

select
    md5(source.chosen_id) as conflict_id,
    source.observation_id,
    source.standing,
    facts.region_code,
    best.region,
    facts.year,
    facts.indicator_id,
    best.indicator_zh,
    facts.change,
    facts.residence,
    facts.subgroup,
    facts.status,
    facts.unit,
    facts.value,
    source.difference,
    facts.comparator,
    facts.scope,
    facts.place,
    facts.months,
    facts.period_end as as_of,
    facts.written,
    read.quote,
    source.chosen_id,
    best.decided_by,
    differing.n_differing,
    facts.correction,
    facts.trust,
    facts.report_id,
    facts.document_id
from audit.standings as source
join differing on differing.chosen_id = source.chosen_id
join marts.facts as facts on facts.observation_id = source.observation_id
join marts.indicators_by_region_year as best on best.observation_id = source.chosen_id
join core.observations as read on read.observation_id = source.observation_id
where source.standing <> 'other_thing'
order by facts.region_code, facts.year, facts.indicator_id, conflict_id, source.standing
