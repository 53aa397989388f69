-- Which region reported which indicator in which year, and what is missing.
-- A row for each headline indicator of each region and year from its first report to its last, reported or not,
-- and for every further indicator that was reported.
with reports as (
    select
        region_code,
        year,
        count(report_id) as n_reports,
        count(*) filter (where genre in ('summary', 'summary_and_plan', 'bulletin')) as n_results
    from core.reports
    where duplicate_of is null
        and region_code is not null
        and year is not null
    group by region_code, year
),

region_years as (
    select
        region_code,
        unnest(range(min(year), max(year) + 1))::integer as year
    from reports
    group by region_code
),

reported as (
    select
        region_code,
        year,
        indicator_id,
        count(*) as n_values,
        min(indicator_zh) as indicator_zh,
        count(*) filter (where status = 'actual') as n_actual,
        count(*) filter (where status = 'target') as n_target
    from marts.indicators_by_region_year
    where scope <> 'outside'
    group by region_code, year, indicator_id
),

-- Values of the region whose year isn't known: they may be those that a year lacks.
undated as (
    select distinct region_code, indicator_id
    from marts.unplaced
    where region_code is not null
        and year is null
),

indicators as (
    select indicator_id
    from ref.indicators
    where headline is not null
),

wanted as (
    select region_years.region_code, region_years.year, indicators.indicator_id
    from region_years
    -- Every headline indicator is expected of every region and year.
    cross join indicators
    union
    select region_code, year, indicator_id from reported
)

select
    wanted.region_code,
    regions.full_name as region,
    wanted.year,
    wanted.indicator_id,
    coalesce(reported.indicator_zh, indicators.name_zh) as indicator_zh,
    indicators.domain,
    indicators.headline is not null as is_headline,
    case
        when reported.n_actual > 0 then 'reported'
        when reported.n_target > 0 then 'target_only'
        when reported.n_values > 0 then 'earlier_value_only'
        when coalesce(reports.n_reports, 0) = 0 then 'no_report'
        when reports.n_results = 0 then 'no_results_report'
        when undated.indicator_id is not null then 'unplaced'
        else 'missing'
    end as state,
    coalesce(reports.n_reports, 0) as n_reports,
    coalesce(reported.n_actual, 0) as n_actual,
    coalesce(reported.n_target, 0) as n_target
from wanted
left join reported using (region_code, year, indicator_id)
left join reports using (region_code, year)
left join undated on undated.region_code = wanted.region_code and undated.indicator_id = wanted.indicator_id
left join ref.regions as regions on regions.region_code = wanted.region_code
left join ref.indicators as indicators on indicators.indicator_id = wanted.indicator_id
order by wanted.region_code, wanted.year, wanted.indicator_id
