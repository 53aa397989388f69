-- How much of what every region is expected to report each has reported, year by year.
select
    coverage.region_code,
    any_value(coverage.region) as region,
    any_value(regions.level) as level,
    coverage.year,
    max(coverage.n_reports) as n_reports,
    count(*) as n_expected,
    count(*) filter (where coverage.state = 'reported') as n_reported,
    count(*) filter (where coverage.state = 'target_only') as n_planned_only,
    count(*) filter (where coverage.state = 'earlier_value_only') as n_earlier_only,
    count(*) filter (where coverage.state in ('missing', 'unplaced')) as n_missing,
    round(100 * count(*) filter (where coverage.state = 'reported') / count(*), 1) as reported_percent,
    case
        when max(coverage.n_reports) = 0 then 'no_report'
        when bool_or(coverage.state in ('missing', 'unplaced', 'reported')) then 'results'
        else 'plans_only'
    end as reports_kind
from marts.coverage as coverage
left join ref.regions as regions on regions.region_code = coverage.region_code
where coverage.is_headline
group by coverage.region_code, coverage.year
-- A year of which only a target or an earlier value is quoted is none that the region was to report on.
having count(*) = (select count(indicators.headline) from ref.indicators as indicators)
order by coverage.region_code, coverage.year
