-- What is usual in regions of the same level, in the same year or one beside it; an unsure value that is ten times or a
-- tenth of that. Wide: counties differ, but seldom tenfold from the middle of their kind.
with compared as (
    select
        facts.observation_id,
        facts.region_code,
        facts.year,
        facts.value,
        facts.trust,
        regions.level,
        facts.indicator_id,
        facts.change,
        facts.residence,
        coalesce(facts.subgroup, '') as subgroup,
        facts.status,
        coalesce(facts.unit, '') as unit
    from marts.facts as facts
    join ref.regions as regions on regions.region_code = facts.region_code
    where regions.level in ('prefecture', 'county')
        and facts.year is not null
        and facts.subject <> 'other'
        and facts.measure not in ('ratio', 'ranking', 'duration', 'average')
        and facts.change <> 'delta'
        and facts.scope = 'region'
),

-- Few values are unsure, and what is usual matters for these alone.
asked as (
    select distinct level, indicator_id, change, residence, subgroup, status, unit
    from compared
    where trust <> 'sure'
),

usual_by_year as (
    select
        level,
        indicator_id,
        change,
        residence,
        subgroup,
        status,
        unit,
        year,
        median(value) as usual,
        count(distinct region_code) as n_regions
    from compared
    semi join asked using (level, indicator_id, change, residence, subgroup, status, unit)
    where trust <> 'doubtful'
    group by level, indicator_id, change, residence, subgroup, status, unit, year
),

beside as (
    select
        unsure.observation_id,
        unsure.region_code,
        unsure.value,
        median(near_by.usual) as usual,
        -- Its own is among them where it is not doubted.
        sum(near_by.n_regions - 1) as n_others
    from compared as unsure
    join usual_by_year as near_by
        on near_by.level = unsure.level
        and near_by.indicator_id = unsure.indicator_id
        and near_by.change = unsure.change
        and near_by.residence = unsure.residence
        and near_by.subgroup = unsure.subgroup
        and near_by.status = unsure.status
        and near_by.unit = unsure.unit
        and near_by.year between unsure.year - 1 and unsure.year + 1
    where unsure.trust <> 'sure'
    group by unsure.observation_id, unsure.region_code, unsure.value
)

-- How far it lies from the others is not told: that changes with each of them, and with it the marts of all regions.
select
    observation_id,
    region_code
from beside
-- A value that stands among few tells nothing.
where n_others >= 4
    and greatest(value, usual) >= 20
    and value / nullif(usual, 0) not between 0.1 and 10
order by region_code, observation_id
