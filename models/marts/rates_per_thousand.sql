-- Counts of people, things and cases to 1,000 residents, with the count of residents that they are divided by.
-- Trusted results of whole regions only, where residents were counted within ten years.
with counted as (
    select best.*
    from marts.indicators_by_region_year as best
    join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
    where best.status = 'actual'
        and best.scope = 'region'
        and best.change = 'level'
        and best.trust <> 'doubtful'
        and best.comparator = '='
        and not best.given_as_part
        and best.unit = indicators.unit
        and indicators.aggregation = 'sum'
        -- Part of a year is no year.
        and not (best.flow and coalesce(best.months, 12) < 12)
),

nearest as (
    select
        counted.observation_id,
        population.population,
        population.year as population_year,
        population.source as population_source,
        row_number() over (
            partition by counted.observation_id
            order by abs(population.year - counted.year) asc, population.year desc
        ) as place_in_order
    from counted
    join ref.population as population
        on population.region_code = counted.region_code
        and abs(population.year - counted.year) <= 10
)

select
    counted.region_code,
    counted.region,
    counted.year,
    counted.indicator_id,
    counted.indicator_zh,
    counted.residence,
    counted.subgroup,
    counted.value,
    counted.unit,
    -- Of town or country, too, to all residents: how many live where is not known.
    round(1000 * counted.value / nearest.population, 4) as per_thousand,
    nearest.population,
    nearest.population_year,
    nearest.population_source,
    counted.trust,
    counted.confidence,
    counted.observation_id,
    counted.report_id
from counted
join nearest on nearest.observation_id = counted.observation_id
where nearest.place_in_order = 1
order by counted.region_code, counted.year, counted.indicator_id, counted.residence
