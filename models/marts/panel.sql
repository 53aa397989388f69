-- Regions × years with a column a headline indicator, only trusted values: region_year_profile with its gaps. Years
-- run from the first to the last that the region reports on, region by region, but from no year before 1949 (annals
-- tell of them); the export makes them the same for all.
with spans as (
    select
        region_code,
        any_value(region) as region,
        unnest(range(greatest(min(year), 1949), max(year) + 1)) as year
    from marts.region_year_profile
    group by region_code
)

select
    spans.region_code,
    spans.region,
    regions.level,
    spans.year::integer as year,
    coalesce(profile.n_headlines, 0) as n_values,
    -- The headlines, as region_year_profile has them.
    profile.* exclude (region_code, region, province, city, county, year, n_headlines, n_reports, part_year)  -- noqa: AM04,LT05
from spans
left join marts.region_year_profile as profile
    on profile.region_code = spans.region_code
    and profile.year = spans.year
left join ref.regions as regions on regions.region_code = spans.region_code
order by spans.region_code, spans.year
