-- One row a region and year, one column a headline indicator of ref.indicators: region-wide results as reported,
-- null where nothing was reported or it is doubtful, never 0. Part-year flows are left out here and named in
-- `part_year`.
with headlines as (
    select
        best.region_code,
        best.region,
        best.province,
        best.city,
        best.county,
        best.year,
        best.residence,
        best.value,
        best.months,
        best.report_id,
        indicators.headline,
        best.flow and best.months < 12 as is_part_year
    from marts.indicators_by_region_year as best
    join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
    where indicators.headline is not null
        and best.trust <> 'doubtful'
        and best.unit = indicators.unit
        and best.change = 'level'
        and best.status = 'actual'
        and best.scope = 'region'
        and best.subgroup is null
        -- The largest figure known is still a part of what was asked for.
        and not best.given_as_part
),

whole as (
    select
        region_code,
        region,
        province,
        city,
        county,
        year,
        residence,
        report_id,
        headline,
        case when is_part_year is not true then value end as value,
        case when is_part_year then headline || ':' || months end as part_year
    from headlines
)

select
    region_code,
    any_value(region) as region,
    any_value(province) as province,
    any_value(city) as city,
    any_value(county) as county,
    year,
    count(distinct headline) as n_headlines,
    count(distinct report_id) as n_reports,
    string_agg(distinct part_year, ', ' order by part_year) as part_year,
    -- The total as reported, else urban and rural together; a "total" smaller than one of the two is none.
    case
        when max(value) filter (where headline = 'dibao_persons' and residence = 'total')
            >= coalesce(max(value) filter (where headline = 'dibao_persons' and residence <> 'total'), 0)
            then max(value) filter (where headline = 'dibao_persons' and residence = 'total')
        else max(value) filter (where headline = 'dibao_persons' and residence = 'urban')
            + max(value) filter (where headline = 'dibao_persons' and residence = 'rural')
    end as dibao_persons,
    max(value) filter (where headline = 'dibao_persons' and residence = 'urban') as dibao_persons_urban,
    max(value) filter (where headline = 'dibao_persons' and residence = 'rural') as dibao_persons_rural,
    -- The total as reported, else urban and rural together; a "total" smaller than one of the two is none.
    case
        when max(value) filter (where headline = 'dibao_households' and residence = 'total')
            >= coalesce(max(value) filter (where headline = 'dibao_households' and residence <> 'total'), 0)
            then max(value) filter (where headline = 'dibao_households' and residence = 'total')
        else max(value) filter (where headline = 'dibao_households' and residence = 'urban')
            + max(value) filter (where headline = 'dibao_households' and residence = 'rural')
    end as dibao_households,
    max(value) filter (where headline = 'dibao_households' and residence = 'urban') as dibao_households_urban,
    max(value) filter (where headline = 'dibao_households' and residence = 'rural') as dibao_households_rural,
    max(value) filter (where headline = 'dibao_expenditure' and residence = 'total') as dibao_expenditure,
    max(value) filter (where headline = 'dibao_standard' and residence = 'total') as dibao_standard,
    max(value) filter (where headline = 'dibao_standard' and residence = 'urban') as dibao_standard_urban,
    max(value) filter (where headline = 'dibao_standard' and residence = 'rural') as dibao_standard_rural,
    max(value) filter (where headline = 'dibao_borderline_persons' and residence = 'total') as dibao_borderline_persons,
    max(value) filter (where headline = 'low_income_persons' and residence = 'total') as low_income_persons,
    max(value) filter (where headline = 'tekun_persons' and residence = 'total') as tekun_persons,
    max(value) filter (where headline = 'tekun_persons' and residence = 'urban') as tekun_persons_urban,
    max(value) filter (where headline = 'tekun_persons' and residence = 'rural') as tekun_persons_rural,
    max(value) filter (where headline = 'tekun_expenditure' and residence = 'total') as tekun_expenditure,
    max(value) filter (where headline = 'tekun_standard' and residence = 'total') as tekun_standard,
    max(value) filter (where headline = 'tekun_standard' and residence = 'urban') as tekun_standard_urban,
    max(value) filter (where headline = 'tekun_standard' and residence = 'rural') as tekun_standard_rural,
    max(value) filter (where headline = 'temporary_assistance_person_times' and residence = 'total')
        as temporary_assistance_person_times,
    max(value) filter (where headline = 'temporary_assistance_expenditure' and residence = 'total')
        as temporary_assistance_expenditure,
    max(value) filter (where headline = 'vagrant_assistance_person_times' and residence = 'total')
        as vagrant_assistance_person_times,
    max(value) filter (where headline = 'elder_institution_count' and residence = 'total') as elder_institution_count,
    max(value) filter (where headline = 'elder_bed_beds' and residence = 'total') as elder_bed_beds,
    max(value) filter (where headline = 'nursing_bed_beds' and residence = 'total') as nursing_bed_beds,
    max(value) filter (where headline = 'day_care_center_count' and residence = 'total') as day_care_center_count,
    max(value) filter (where headline = 'meal_point_count' and residence = 'total') as meal_point_count,
    max(value) filter (where headline = 'home_adaptation_households' and residence = 'total')
        as home_adaptation_households,
    max(value) filter (where headline = 'caregiver_persons' and residence = 'total') as caregiver_persons,
    max(value) filter (where headline = 'old_age_allowance_persons' and residence = 'total')
        as old_age_allowance_persons,
    max(value) filter (where headline = 'old_age_allowance_expenditure' and residence = 'total')
        as old_age_allowance_expenditure,
    max(value) filter (where headline = 'orphan_persons' and residence = 'total') as orphan_persons,
    max(value) filter (where headline = 'orphan_standard' and residence = 'total') as orphan_standard,
    max(value) filter (where headline = 'unattended_child_persons' and residence = 'total') as unattended_child_persons,
    max(value) filter (where headline = 'child_in_difficulty_persons' and residence = 'total')
        as child_in_difficulty_persons,
    max(value) filter (where headline = 'left_behind_child_persons' and residence = 'total')
        as left_behind_child_persons,
    max(value) filter (where headline = 'disability_living_subsidy_persons' and residence = 'total')
        as disability_living_subsidy_persons,
    max(value) filter (where headline = 'disability_living_subsidy_expenditure' and residence = 'total')
        as disability_living_subsidy_expenditure,
    max(value) filter (where headline = 'disability_nursing_subsidy_persons' and residence = 'total')
        as disability_nursing_subsidy_persons,
    max(value) filter (where headline = 'disability_nursing_subsidy_expenditure' and residence = 'total')
        as disability_nursing_subsidy_expenditure,
    max(value) filter (where headline = 'adoption_cases' and residence = 'total') as adoption_cases,
    max(value) filter (where headline = 'marriage_couples' and residence = 'total') as marriage_couples,
    max(value) filter (where headline = 'divorce_couples' and residence = 'total') as divorce_couples,
    max(value) filter (where headline = 'cremation_count' and residence = 'total') as cremation_count,
    max(value) filter (where headline = 'cemetery_count' and residence = 'total') as cemetery_count,
    max(value) filter (where headline = 'social_org_count' and residence = 'total') as social_org_count,
    max(value) filter (where headline = 'social_worker_persons' and residence = 'total') as social_worker_persons,
    max(value) filter (where headline = 'volunteer_persons' and residence = 'total') as volunteer_persons,
    max(value) filter (where headline = 'donation_expenditure' and residence = 'total') as donation_expenditure,
    max(value) filter (where headline = 'village_count' and residence = 'total') as village_count,
    max(value) filter (where headline = 'community_count' and residence = 'total') as community_count
from whole
group by region_code, year
order by region_code, year
