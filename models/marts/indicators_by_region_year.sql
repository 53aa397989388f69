-- The best value of each indicator by region and year: one row a key, chosen among all sources by a stated order.
with inner_parts as (
    -- Figures that their sentence gives as part of another one: of the same indicator, or of a group of people who
    -- draw what the indicator counts.
    select distinct relation.part_id
    from audit.parts_and_wholes as relation
    join marts.facts as part on part.observation_id = relation.part_id
    join marts.facts as whole on whole.observation_id = relation.whole_id
    join core.contexts as said on said.observation_id = relation.part_id
    where relation.cue = 'drawn'
        or relation.of_group
        or (relation.cue = 'of_which' and said.draws and part.subject <> whole.subject)
        or (
            part.indicator_id = whole.indicator_id
            and part.residence = whole.residence
            and part.subgroup is not distinct from whole.subgroup
        )
),

candidates as (
    select
        facts.observation_id,
        facts.report_id,
        facts.region_code,
        facts.year,
        facts.indicator_id,
        facts.change,
        facts.residence,
        facts.subgroup,
        facts.status,
        facts.unit,
        facts.value,
        facts.rounding,
        facts.comparator,
        facts.months,
        facts.confidence,
        context.position,
        context.singled_out,
        -- The order of choice; in each, the smaller is the better.
        case facts.scope when 'region' then 0 when 'part' then 1 else 2 end as scope_rank,
        -- Those of one group who draw a benefit are a part too.
        case
            when inner_parts.part_id is not null or list_contains(facts.doubts, 'of_a_group') then 1 else 0
        end as part_rank,
        case when facts.trust <> 'doubtful' then 0 when facts.confidence >= 0.5 then 1 else 2 end as trust_rank,
        -- The whole year, then what may be it, then its part from January on, then any other month or quarter.
        case
            when not facts.flow or facts.months = 12 then 0
            -- 七夕当天登记73对: what is less than nine months of the same is no whole year.
            when facts.months is null
                and facts.value < max(facts.value) filter (
                    where facts.flow and facts.months < 12 and facts.scope = 'region' and facts.comparator = '='
                ) over (
                    partition by
                        facts.region_code, facts.year, facts.indicator_id, facts.change, facts.residence,
                        facts.subgroup, facts.status, facts.unit
                )
                then 4
            when facts.months is null then 1
            when facts.period_start is null or month(facts.period_start) = 1 then 2
            else 3
        end as period_rank,
        -- What names no date is of the latest day that its report names beside it, else as of the report, and that of
        -- the end of its year at the latest.
        -datediff('day', date '1900-01-01', coalesce(
            facts.period_end,
            max(facts.period_end) over (
                partition by
                    facts.region_code, facts.year, facts.indicator_id, facts.change, facts.residence, facts.subgroup,
                    facts.status, facts.unit, facts.report_id
            ),
            case when year(facts.published_on) = facts.year then facts.published_on end,
            make_date(facts.year, 12, 31)
        )) as as_of_rank,
        case when facts.own_report then 0 else 1 end as own_rank,
        case when facts.superseded then 1 else 0 end as version_rank,
        coalesce(-datediff('day', date '1900-01-01', facts.published_on), 0) as age_rank,
        case when context.said_of_area then 0 else 1 end as area_rank,
        -- Of one report's figures for what adds up, the largest is the total and the others are parts of it.
        case when indicators.aggregation = 'sum' then -facts.value else 0 end as size_rank,
        case facts.comparator when '=' then 0 else 1 end as exact_rank
    from marts.facts as facts
    join core.contexts as context on context.observation_id = facts.observation_id
    left join inner_parts on inner_parts.part_id = facts.observation_id
    left join ref.indicators as indicators on indicators.indicator_id = facts.indicator_id
    where facts.region_code is not null
        and facts.year is not null
        -- What fits no subject is no indicator; it stays in marts.facts.
        and facts.subject <> 'other'
        and not facts.of_several_years
        -- A figure of a larger area quoted in passing counts only where that area is known.
        and (facts.scope <> 'outside' or not facts.own_report)
),

ranked as (
    select
        *,
        row_number() over best as place_in_order,
        count(observation_id) over key as n_sources,
        first_value(observation_id) over best as best_id,
        first_value(value) over best as best_value,
        first_value(rounding) over best as best_rounding,
        first_value(comparator) over best as best_comparator,
        first_value(scope_rank) over best as best_scope_rank,
        first_value(period_rank) over best as best_period_rank,
        first_value(coalesce(months, 0)) over best as best_months,
        lead(scope_rank) over best as next_scope,
        lead(part_rank) over best as next_part,
        lead(trust_rank) over best as next_trust,
        lead(period_rank) over best as next_period,
        lead(as_of_rank) over best as next_as_of,
        lead(own_rank) over best as next_own,
        lead(version_rank) over best as next_version,
        lead(age_rank) over best as next_age,
        lead(area_rank) over best as next_area,
        lead(size_rank) over best as next_size,
        lead(exact_rank) over best as next_exact,
        lead(confidence) over best as next_confidence
    from candidates
    window
        key as (partition by region_code, year, indicator_id, change, residence, subgroup, status, unit),
        best as (
            partition by region_code, year, indicator_id, change, residence, subgroup, status, unit
            order by
                scope_rank asc,
                part_rank asc,
                period_rank asc,
                trust_rank asc,
                as_of_rank asc,
                own_rank asc,
                version_rank asc,
                age_rank asc,
                area_rank asc,
                size_rank asc,
                exact_rank asc,
                confidence desc,
                report_id asc,
                position asc
        )
),

-- Sources of the same standing as the chosen one must say the same, as far as their rounding goes.
compared as (
    select
        best_id,
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
    group by best_id
),

-- What stands beside each value: of its own key, of town and country, of the other years.
chosen_ones as (
    select
        *,
        split_part(indicator_id, '.', 1) as subject,
        split_part(indicator_id, '.', 2) as measure
    from ranked
    where place_in_order = 1
),

beside as (
    select
        observation_id,
        measure,
        value,
        max(value) filter (where measure = 'persons') over one_key as persons,
        max(value) filter (where measure = 'households' and part_rank = 0) over one_key as households,
        max(value) filter (where measure = 'expenditure') over one_key as money,
        max(months) filter (where measure = 'expenditure') over one_key as money_months,
        -- 受理离婚申请16730对: those who asked for a thing are no part of those who have it.
        max(value) filter (
            where (subgroup is not null or residence <> 'total') and part_rank = 0 and confidence >= 0.85
            and not singled_out
        ) over whole as largest_part,
        subgroup is null and residence = 'total' and part_rank = 0 and size_rank <> 0 as is_whole,
        max(value) filter (where residence = 'urban') over homes as urban,
        max(value) filter (where residence = 'rural') over homes as rural,
        max(value) filter (where indicator_id = 'dibao.standard' and subgroup is null) over lines as dibao_line,
        indicator_id = 'tekun.standard' and subgroup is null and year > 2016 as has_least,
        -- A value that stands alone tells nothing of its years.
        case when count(*) over series >= 3 then median(value) over series end as usual
    from chosen_ones
    window
        one_key as (partition by region_code, year, subject, change, residence, subgroup, status),
        whole as (partition by region_code, year, indicator_id, change, status, unit, scope_rank),
        homes as (partition by region_code, year, indicator_id, change, subgroup, status, unit),
        lines as (partition by region_code, year, change, residence, status, unit),
        series as (partition by region_code, indicator_id, change, residence, subgroup, status, unit)
),

-- What is usual in regions of the same level, this year and the years beside it; a value that stands among few is not
-- compared. Wide: counties differ, but seldom tenfold from the middle of their kind.
neighbours as (
    select
        chosen_ones.observation_id,
        median(chosen_ones.value) over near_by as usual,
        count(distinct chosen_ones.region_code) over near_by - 1 as n_others
    from chosen_ones
    join ref.regions as regions on regions.region_code = chosen_ones.region_code
    where regions.level in ('prefecture', 'county')
        and chosen_ones.measure not in ('ratio', 'ranking', 'duration', 'average')
        and chosen_ones.change <> 'delta'
        and chosen_ones.scope_rank = 0
        and chosen_ones.part_rank = 0
    window
        near_by as (
            partition by
                regions.level,
                chosen_ones.indicator_id,
                chosen_ones.change,
                chosen_ones.residence,
                chosen_ones.subgroup,
                chosen_ones.status,
                chosen_ones.unit
            order by chosen_ones.year
            range between 1 preceding and 1 following
        )
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
                    when indicators.benefit
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
                    when chosen.trust <> 'sure'
                        and neighbours.n_others >= 4
                        and greatest(beside.value, neighbours.usual) >= 20
                        and beside.value / nullif(neighbours.usual, 0) not between 0.1 and 10
                        then 'unlike_neighbours'
                end,
                case when compared.n_differing > 0 then 'sources_differ' end
            ],
            lambda code: code is not null
        )) as doubts
    from compared
    join marts.facts as chosen on chosen.observation_id = compared.best_id
    join beside on beside.observation_id = compared.best_id
    left join neighbours on neighbours.observation_id = compared.best_id
    left join ref.indicators as indicators on indicators.indicator_id = chosen.indicator_id
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
    chosen.value_high,
    ranked.comparator,
    chosen.scope,
    chosen.place,
    ranked.part_rank = 1 as given_as_part,
    chosen.flow,
    ranked.months,
    case when ranked.months between 1 and 11 then ranked.value / ranked.months * 12 end as annualised_value,
    chosen.period_end as as_of,
    ranked.n_sources,
    compared.n_reports,
    compared.n_differing = 0 as agree,
    case
        when ranked.n_sources = 1 then 'only_source'
        when ranked.next_scope > ranked.scope_rank then 'region_wide'
        when ranked.next_part > ranked.part_rank then 'whole'
        when ranked.next_period > ranked.period_rank then 'full_year'
        when ranked.next_trust > ranked.trust_rank then 'more_certain'
        when ranked.next_as_of > ranked.as_of_rank then 'later_as_of'
        when ranked.next_own > ranked.own_rank then 'own_report'
        when ranked.next_version > ranked.version_rank or ranked.next_age > ranked.age_rank then 'newer_version'
        when ranked.next_area > ranked.area_rank then 'said_of_area'
        when ranked.next_size > ranked.size_rank then 'largest'
        when ranked.next_exact > ranked.exact_rank then 'exact'
        when ranked.next_confidence < ranked.confidence then 'more_certain'
        else 'first_found'
    end as decided_by,
    chosen.correction,
    ranked.confidence,
    case
        when chosen.trust = 'sure' and chosen.correction is null and doubted.doubts = ['sources_differ'] then 'likely'
        when doubted.doubts not in ([], ['sources_differ']) and chosen.correction is null then 'doubtful'
        else chosen.trust
    end as trust,
    doubted.doubts,
    chosen.written,
    ranked.observation_id,
    ranked.report_id
from ranked
join marts.facts as chosen on chosen.observation_id = ranked.observation_id
join compared on compared.best_id = ranked.observation_id
join doubted on doubted.observation_id = ranked.observation_id
left join ref.regions as regions on regions.region_code = ranked.region_code
left join ref.indicators as indicators on indicators.indicator_id = ranked.indicator_id
where ranked.place_in_order = 1
order by ranked.region_code, ranked.year, ranked.indicator_id, ranked.status, ranked.residence
