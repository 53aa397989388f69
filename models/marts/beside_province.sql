-- A region's value beside that of its province, in the same year or the nearest that the province reports; compared
-- only where the years are the same.
with whole as not materialized (
    select
        best.*,
        indicators.aggregation,
        substr(best.region_code, 1, 2) || '0000' as province_code
    from marts.indicators_by_region_year as best
    join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
    where best.status = 'actual'
        and best.change = 'level'
        and best.scope = 'region'
        and best.subgroup is null
        and best.trust <> 'doubtful'
        and not best.given_as_part
        and best.unit = indicators.unit
        and (best.flow and best.months < 12) is not true
),

-- Provinces are few: what lies below them is looked at only where one has a value.
provinces as not materialized (
    select * from whole
    where region_code = province_code
),

paired as (
    select
        own.*,
        above.year as province_year,
        above.value as province_value,
        above.comparator as province_comparator,
        above.observation_id as province_observation_id,
        least(own.trust, above.trust) as weaker_trust,
        row_number() over (
            partition by own.region_code, own.year, own.indicator_id, own.residence
            order by abs(own.year - above.year), above.year
        ) as nearness
    from whole as own
    join provinces as above
        on above.region_code = own.province_code
        and above.indicator_id = own.indicator_id
        and above.residence = own.residence
        and above.unit = own.unit
    where own.region_code <> own.province_code
        and abs(own.year - above.year) <= 2
)

select
    region_code,
    region,
    province_code,
    province,
    year,
    province_year,
    indicator_id,
    indicator_zh,
    residence,
    unit,
    value,
    province_value,
    province_comparator,
    year - province_year as years_apart,
    -- Standards rise from year to year: 2023 lies below 2025 whatever the region pays.
    case when year = province_year then round(100 * value / nullif(province_value, 0), 2) end as percent_of_province,
    -- Sums of parts are smaller than their whole: only levels (standards, averages, shares) lie above or below it.
    case
        when year <> province_year then null
        when aggregation <> 'sum' and value < province_value then 'below'
        when aggregation <> 'sum' and value > province_value then 'above'
        when aggregation <> 'sum' then 'equal'
    end as stands,
    weaker_trust as trust,
    observation_id,
    province_observation_id
from paired
where nearness = 1
order by province_code, indicator_id, residence, region_code, year
