-- Regions × years with a column a headline indicator, only trusted values: region_year_profile with its gaps. Years
-- run from the first to the last that the region reports on.
with spans as (
    select
        region_code,
        any_value(region) as region,
        unnest(range(min(year), max(year) + 1)) as year
    from marts.region_year_profile
    group by region_code
)

select
    spans.region_code,
    spans.region,
    regions.level,
    spans.year::integer as year,
    coalesce(profile.n_headlines, 0) as n_values,
    profile.dibao_persons,
    profile.dibao_persons_urban,
    profile.dibao_persons_rural,
    profile.dibao_households,
    profile.dibao_households_urban,
    profile.dibao_households_rural,
    profile.dibao_expenditure,
    profile.dibao_standard,
    profile.dibao_standard_urban,
    profile.dibao_standard_rural,
    profile.dibao_borderline_persons,
    profile.low_income_persons,
    profile.tekun_persons,
    profile.tekun_persons_urban,
    profile.tekun_persons_rural,
    profile.tekun_expenditure,
    profile.tekun_standard,
    profile.tekun_standard_urban,
    profile.tekun_standard_rural,
    profile.temporary_assistance_person_times,
    profile.temporary_assistance_expenditure,
    profile.vagrant_assistance_person_times,
    profile.elder_institution_count,
    profile.elder_bed_beds,
    profile.nursing_bed_beds,
    profile.day_care_center_count,
    profile.meal_point_count,
    profile.home_adaptation_households,
    profile.caregiver_persons,
    profile.old_age_allowance_persons,
    profile.old_age_allowance_expenditure,
    profile.orphan_persons,
    profile.orphan_standard,
    profile.unattended_child_persons,
    profile.child_in_difficulty_persons,
    profile.left_behind_child_persons,
    profile.disability_living_subsidy_persons,
    profile.disability_living_subsidy_expenditure,
    profile.disability_nursing_subsidy_persons,
    profile.disability_nursing_subsidy_expenditure,
    profile.adoption_cases,
    profile.marriage_couples,
    profile.divorce_couples,
    profile.cremation_count,
    profile.cemetery_count,
    profile.social_org_count,
    profile.social_worker_persons,
    profile.volunteer_persons,
    profile.donation_expenditure,
    profile.village_count,
    profile.community_count
from spans
left join marts.region_year_profile as profile
    on profile.region_code = spans.region_code
    and profile.year = spans.year
left join ref.regions as regions on regions.region_code = spans.region_code
order by spans.region_code, spans.year
