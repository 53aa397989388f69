-- What each benefit reached and cost: recipients, households, spending and spending per head, by region and year.
with wide as (
    select
        best.region_code,
        any_value(best.region) as region,
        best.year,
        indicators.subject,
        any_value(indicators.domain) as domain,
        best.residence,
        max(best.value) filter (where indicators.measure = 'persons') as persons,
        max(best.value) filter (where indicators.measure = 'households') as households,
        max(best.value) filter (where indicators.measure = 'person_times') as person_times,
        max(best.value) filter (where indicators.measure = 'expenditure') as expenditure_yuan,
        max(best.months) filter (where indicators.measure = 'person_times') as person_times_months,
        max(best.months) filter (where indicators.measure = 'expenditure') as expenditure_months,
        -- The codes of trust stand in the order of the alphabet.
        min(best.trust) as trust,
        max(best.observation_id) filter (where indicators.measure = 'persons') as persons_observation_id,
        max(best.observation_id) filter (where indicators.measure = 'households') as households_observation_id,
        max(best.observation_id) filter (where indicators.measure = 'person_times') as person_times_observation_id,
        max(best.observation_id) filter (where indicators.measure = 'expenditure') as expenditure_observation_id
    from marts.indicators_by_region_year as best
    join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
    where indicators.benefit
        and indicators.measure in ('persons', 'households', 'person_times', 'expenditure')
        and best.unit = indicators.unit
        and best.change = 'level'
        and best.status = 'actual'
        and best.scope = 'region'
        and best.subgroup is null
    group by best.region_code, best.year, indicators.subject, best.residence
)

select
    wide.region_code,
    wide.region,
    wide.year,
    wide.subject,
    subjects.name_zh as subject_zh,
    wide.domain,
    wide.residence,
    wide.persons,
    wide.households,
    wide.person_times,
    wide.person_times_months,
    wide.expenditure_yuan,
    wide.expenditure_months,
    -- What was paid in a part of the year is no year's payment.
    case
        when coalesce(wide.expenditure_months, 12) = 12
            then round(wide.expenditure_yuan / nullif(wide.persons, 0), 2)
    end as yuan_per_person,
    round(wide.expenditure_yuan / nullif(wide.persons, 0) / nullif(wide.expenditure_months, 0), 2)
        as yuan_per_person_month,
    -- Only where both run over the same months.
    case
        when (wide.expenditure_months is not distinct from wide.person_times_months)
            then round(wide.expenditure_yuan / nullif(wide.person_times, 0), 2)
    end as yuan_per_person_time,
    wide.trust,
    wide.persons_observation_id,
    wide.households_observation_id,
    wide.person_times_observation_id,
    wide.expenditure_observation_id
from wide
left join ref.subjects as subjects on subjects.subject = wide.subject
order by wide.region_code, wide.year, wide.subject, wide.residence
