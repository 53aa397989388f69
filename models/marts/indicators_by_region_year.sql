-- The best value of each indicator by region and year: one row a key, chosen among all sources by a stated order
-- (audit.order_of_choice). Whether the others say the same is told in audit.standings.
with differing as (
    select
        chosen_id,
        count(observation_id) as n_differing
    from audit.standings
    where contradicts
    group by chosen_id
),

-- What else stands under the key may be of another thing, or the chosen one may: it is right in nine of ten cases.
beside_others as (
    select distinct chosen_id
    from audit.order_of_choice
    where has_other_value
),

-- What stands beside each value: of its own key, of town and country, of the other years.
chosen_ones as (
    select
        facts.*,
        best.given_as_part,
        best.n_sources,
        best.n_reports,
        best.decided_by,
        coalesce(differing.n_differing, 0) = 0 as agree,
        beside_others.chosen_id is not null as is_beside_others,
        context.singled_out,
        coalesce(indicators.aggregation = 'sum', false) as adds_up,
        coalesce(indicators.benefit, false) as benefit
    from audit.order_of_choice as best
    join marts.facts as facts on facts.observation_id = best.observation_id
    join core.contexts as context on context.observation_id = best.observation_id
    left join differing on differing.chosen_id = best.observation_id
    left join beside_others on beside_others.chosen_id = best.observation_id
    left join ref.indicators as indicators on indicators.indicator_id = facts.indicator_id
    where best.place_in_order = 1
),

beside as (
    select
        observation_id,
        measure,
        value,
        max(value) filter (where measure = 'persons') over one_key as persons,
        max(value) filter (where measure = 'households' and not given_as_part) over one_key as households,
        max(value) filter (where measure = 'expenditure') over one_key as money,
        max(months) filter (where measure = 'expenditure') over one_key as money_months,
        -- 受理离婚申请16730对: those who asked for a thing are no part of those who have it.
        max(value) filter (
            where (subgroup is not null or residence <> 'total') and not given_as_part and confidence >= 0.85
            and not singled_out
        ) over whole as largest_part,
        subgroup is null and residence = 'total' and not given_as_part and adds_up and value > 0 as is_whole,
        max(value) filter (where residence = 'urban') over homes as urban,
        max(value) filter (where residence = 'rural') over homes as rural,
        max(value) filter (where indicator_id = 'dibao.standard' and subgroup is null) over lines as dibao_line,
        indicator_id = 'tekun.standard' and subgroup is null and year > 2016 as has_least,
        -- A value that stands alone tells nothing of its years.
        case when count(*) over series >= 3 then median(value) over series end as usual
    from chosen_ones
    window
        one_key as (partition by region_code, year, subject, change, residence, subgroup, status),
        whole as (partition by region_code, year, indicator_id, change, status, unit, scope),
        homes as (partition by region_code, year, indicator_id, change, subgroup, status, unit),
        lines as (partition by region_code, year, change, residence, status, unit),
        series as (partition by region_code, indicator_id, change, residence, subgroup, status, unit)
),

doubted as (
    select
        chosen.observation_id,
        list_concat(chosen.doubts, list_filter(
            [
                case
                    when beside.measure in ('persons', 'households')
                        and beside.persons / nullif(beside.households, 0) not between 1 and 8
                        then 'persons_per_household'
                end,
                -- A monthly benefit costs 10 to 10,000 yuan a head; months that are not said are one at least.
                case
                    when chosen.benefit
                        and beside.measure in ('persons', 'expenditure')
                        and (
                            beside.money / nullif(beside.persons, 0) / coalesce(beside.money_months, 12) > 10000
                            or beside.money / nullif(beside.persons, 0) / coalesce(beside.money_months, 1) < 10
                        )
                        then 'spending_per_head'
                end,
                -- 孤儿4人 beside 散居孤儿18人: the whole is no smaller than its part.
                case when beside.is_whole and beside.value < beside.largest_part then 'below_its_part' end,
                case when beside.measure = 'standard' and beside.urban < beside.rural then 'urban_below_rural' end,
                -- Since 2016 tekun is paid at 1.3 times dibao at least; some round down.
                case
                    when beside.has_least and beside.value < 1.27 * beside.dibao_line then 'tekun_below_dibao'
                end,
                case
                    when beside.measure not in ('ratio', 'ranking', 'duration', 'average')
                        and least(beside.value, beside.usual) >= 20
                        and beside.value / beside.usual not between 0.125 and 8
                        then 'unlike_other_years'
                end,
                -- What is surely read is right in nine of ten such cases: places do differ. Of the rest most are wrong.
                case
                    when unlike.observation_id is not null and not chosen.given_as_part then 'unlike_neighbours'
                end,
                case
                    when not chosen.agree then 'sources_differ'
                    when chosen.is_beside_others then 'other_values'
                end
            ],
            lambda code: code is not null
        )) as doubts
    from chosen_ones as chosen
    join beside on beside.observation_id = chosen.observation_id
    left join audit.unlike_neighbours as unlike on unlike.observation_id = chosen.observation_id
)

select
    chosen.region_code,
    regions.full_name as region,
    regions.province,
    regions.city,
    regions.county,
    chosen.year,
    chosen.indicator_id,
    chosen.indicator_zh,
    chosen.change,
    chosen.residence,
    chosen.subgroup,
    chosen.status,
    chosen.unit,
    chosen.value,
    chosen.value_high,
    chosen.comparator,
    chosen.scope,
    chosen.place,
    chosen.given_as_part,
    chosen.flow,
    chosen.months,
    case when chosen.months between 1 and 11 then chosen.value / chosen.months * 12 end as annualised_value,
    chosen.period_end as as_of,
    chosen.n_sources,
    chosen.n_reports,
    chosen.agree,
    chosen.decided_by,
    chosen.correction,
    chosen.confidence,
    case
        when chosen.correction is not null then chosen.trust
        when chosen.trust = 'sure' and doubted.doubts in (['sources_differ'], ['other_values']) then 'likely'
        when doubted.doubts not in ([], ['sources_differ'], ['other_values']) then 'doubtful'
        else chosen.trust
    end as trust,
    doubted.doubts,
    chosen.written,
    chosen.observation_id,
    chosen.report_id
from chosen_ones as chosen
join doubted on doubted.observation_id = chosen.observation_id
left join ref.regions as regions on regions.region_code = chosen.region_code
order by chosen.region_code, chosen.year, chosen.indicator_id, chosen.status, chosen.residence
