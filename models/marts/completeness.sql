-- How much of what every region is expected to report each has reported, year by year: a row for each region and year
-- of marts.coverage, its counts adding up to n_expected.
with wanted as (
    select count(headline) as n_expected
    from ref.indicators
),

counted as (
    select
        coverage.region_code,
        any_value(coverage.region) as region,
        any_value(regions.level) as level,
        coverage.year,
        max(coverage.n_reports) as n_reports,
        count(*) filter (where coverage.state = 'reported') as n_reported,
        count(*) filter (where coverage.state = 'target_only') as n_planned_only,
        count(*) filter (where coverage.state = 'earlier_value_only') as n_earlier_only,
        count(*) filter (where coverage.state in ('missing', 'unplaced')) as n_missing
    from marts.coverage as coverage
    left join ref.regions as regions on regions.region_code = coverage.region_code
    where coverage.is_headline
    group by coverage.region_code, coverage.year
),

told as (
    select
        counted.*,
        wanted.n_expected,
        case
            when counted.n_reports > 0 and counted.n_reported + counted.n_missing > 0 then 'results'
            -- A target for next year stands in the report before it.
            when counted.n_reports > 0 or (counted.n_planned_only > 0 and counted.n_reported = 0) then 'plans_only'
            else 'no_report'
        end as reports_kind
    from counted
    cross join wanted
)

select
    region_code,
    region,
    level,
    year,
    n_reports,
    n_expected,
    n_reported,
    n_planned_only,
    n_earlier_only,
    n_missing,
    -- Without a report of results nothing is missing from it: those quoted elsewhere are all that could be known.
    n_expected - n_reported - n_planned_only - n_earlier_only - n_missing as n_no_results_report,
    case when reports_kind = 'results' then round(100 * n_reported / n_expected, 1) end as reported_percent,
    reports_kind
from told
order by region_code, year
