-- The best value of each indicator by region and year: one row a key, chosen among all sources by a stated order.
with candidates as (
    select
        *,
        -- The order of choice; in each, the smaller is the better.
        case scope when 'region' then 0 when 'part' then 1 else 2 end as scope_rank,
        case when not flow or months >= 12 then 0 when months is null then 1 else 2 end as period_rank,
        coalesce(-datediff('day', date '1900-01-01', period_end), 0) as as_of_rank,
        case when own_report then 0 else 1 end as own_rank,
        case when superseded then 1 else 0 end as version_rank,
        coalesce(-datediff('day', date '1900-01-01', published_on), 0) as age_rank,
        case comparator when '=' then 0 else 1 end as exact_rank
    from marts.facts
    where region_code is not null
      and year is not null
      -- A figure of a larger area quoted in passing counts only where that area is known.
      and (scope <> 'outside' or not own_report)
),

ranked as (
    select
        *,
        row_number() over best as place_in_order,
        count(observation_id) over key as n_sources,
        first_value(value) over best as best_value,
        first_value(rounding) over best as best_rounding,
        first_value(comparator) over best as best_comparator,
        first_value(scope_rank) over best as best_scope_rank,
        first_value(period_rank) over best as best_period_rank,
        first_value(coalesce(months, 0)) over best as best_months,
        lead(scope_rank) over best as next_scope,
        lead(period_rank) over best as next_period,
        lead(as_of_rank) over best as next_as_of,
        lead(own_rank) over best as next_own,
        lead(version_rank) over best as next_version,
        lead(age_rank) over best as next_age,
        lead(exact_rank) over best as next_exact,
        lead(confidence) over best as next_confidence
    from candidates
    window
        key as (partition by region_code, year, indicator_id, change, residence, subgroup, status, unit),
        best as (
            partition by region_code, year, indicator_id, change, residence, subgroup, status, unit
            order by
                scope_rank, period_rank, as_of_rank, own_rank, version_rank, age_rank, exact_rank,
                confidence desc, observation_id
        )
),

-- Sources of the same standing as the chosen one must say the same, as far as their rounding goes.
compared as (
    select
        region_code, year, indicator_id, change, residence, subgroup, status, unit,
        count(distinct report_id) as n_reports,
        count(*) filter (
            where scope_rank = best_scope_rank
              and coalesce(months, 0) = best_months
              and abs(value - best_value) > greatest(
                  (rounding + best_rounding) / 2 + 1e-9 * abs(best_value),
                  case when comparator = '=' and best_comparator = '=' then 0 else 0.1 * abs(best_value) end
              )
        ) as n_differing
    from ranked
    group by all
)

select
    ranked.region_code,
    regions.full_name as region,
    regions.province,
    regions.city,
    regions.county,
    ranked.year,
    ranked.indicator_id,
    indicators.name_zh as indicator_zh,
    ranked.change,
    ranked.residence,
    ranked.subgroup,
    ranked.status,
    ranked.unit,
    ranked.value,
    ranked.value_high,
    ranked.comparator,
    ranked.scope,
    ranked.place,
    ranked.flow,
    ranked.months,
    case when ranked.months between 1 and 11 then ranked.value / ranked.months * 12 end as annualised_value,
    ranked.period_end as as_of,
    ranked.n_sources,
    compared.n_reports,
    compared.n_differing = 0 as agree,
    case
        when ranked.n_sources = 1 then 'only_source'
        when next_scope > scope_rank then 'region_wide'
        when next_period > period_rank then 'full_year'
        when next_as_of > as_of_rank then 'later_as_of'
        when next_own > own_rank then 'own_report'
        when next_version > version_rank or next_age > age_rank then 'newer_version'
        when next_exact > exact_rank then 'exact'
        when next_confidence < confidence then 'more_certain'
        else 'first_found'
    end as decided_by,
    ranked.correction,
    ranked.confidence,
    ranked.written,
    ranked.observation_id,
    ranked.report_id
from ranked
join compared
    on compared.region_code = ranked.region_code
    and compared.year = ranked.year
    and compared.indicator_id = ranked.indicator_id
    and compared.change = ranked.change
    and compared.residence = ranked.residence
    and compared.subgroup is not distinct from ranked.subgroup
    and compared.status = ranked.status
    and compared.unit is not distinct from ranked.unit
left join ref.regions as regions on regions.region_code = ranked.region_code
left join ref.indicators as indicators on indicators.indicator_id = ranked.indicator_id
where ranked.place_in_order = 1
order by ranked.region_code, ranked.year, ranked.indicator_id, ranked.status, ranked.residence
