-- What each benefit pays: its standard in yuan a person and month beside the form in which it was written.
select
    best.region_code,
    best.region,
    best.province,
    best.city,
    best.county,
    best.year,
    indicators.subject,
    indicators.name_zh as standard_zh,
    indicators.domain,
    best.residence,
    best.subgroup,
    best.status,
    -- Tells a rate for a person and month from other forms of the same standard.
    coalesce(best.unit, '') as comparable_unit,
    facts.unit_read,
    -- Null where the rate is not one for a person and a period, as in 元/户 or a lump sum.
    case when best.unit = units.comparable_unit then round(best.value, 2) end as yuan_per_person_month,
    case when best.unit = units.comparable_unit then round(best.value_high, 2) end as yuan_per_person_month_high,
    best.written,
    facts.value_read,
    best.comparator,
    best.scope,
    best.place,
    best.as_of,
    best.n_sources,
    best.agree,
    best.decided_by,
    best.correction,
    best.trust,
    best.observation_id,
    best.report_id
from marts.indicators_by_region_year as best
join marts.facts as facts on facts.observation_id = best.observation_id
join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
left join ref.units as units on units.unit = best.unit
where indicators.measure = 'standard'
    and indicators.benefit
    and best.change = 'level'
order by best.region_code, best.year, indicators.subject, best.status, best.residence
