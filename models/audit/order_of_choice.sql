-- All sources of each value, in the order in which one is chosen: the first of each key is the one that
-- marts.indicators_by_region_year shows.
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

-- 应参加年检178家, 实际参加168家: what was due, where its sentence says how much of it was done.
bases as (
    select distinct
        due.region_code,
        due.year,
        due.indicator_id,
        due.change,
        due.residence,
        due.subgroup,
        due.unit,
        due.value
    from marts.facts as due
    join core.contexts as here on here.observation_id = due.observation_id
    join core.contexts as there
        on there.document_id = here.document_id
        and there.sentence_no = here.sentence_no
        -- 应退43户、80人, 已退40户、75人: beside it, and no part of it.
        and there.place between here.place + 1 and here.place + 3
        and there.depth = here.depth
        and not there.due
        and not there.opens_parts
    join marts.facts as done
        on done.observation_id = there.observation_id
        and done.region_code = due.region_code
        and done.year = due.year
        and done.indicator_id = due.indicator_id
        and done.change = due.change
        and done.residence = due.residence
        and done.subgroup is not distinct from due.subgroup
        and done.unit is not distinct from due.unit
        and done.scope = due.scope
    where here.due
        and due.status in ('actual', 'target')
        and done.status = 'actual'
        and done.value < due.value
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
        -- The order of choice; in each, the smaller is the better.
        case facts.scope when 'region' then 0 when 'part' then 1 else 2 end as scope_rank,
        -- Those of one group who draw a benefit are a part too.
        case
            when inner_parts.part_id is not null or list_contains(facts.doubts, 'of_a_group') then 1 else 0
        end as part_rank,
        -- Nor is it a result where another report gives it without saying that so many were due.
        case when facts.status = 'actual' and bases.value is not null then 1 else 0 end as base_rank,
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
    left join bases
        on bases.region_code = facts.region_code
        and bases.year = facts.year
        and bases.indicator_id = facts.indicator_id
        and bases.change = facts.change
        and bases.residence = facts.residence
        and bases.subgroup is not distinct from facts.subgroup
        and bases.unit is not distinct from facts.unit
        and bases.value = facts.value
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
        count(distinct report_id) over key as n_reports,
        first_value(observation_id) over best as chosen_id,
        first_value(value) over best as chosen_value,
        first_value(rounding) over best as chosen_rounding,
        first_value(comparator) over best as chosen_comparator,
        first_value(scope_rank) over best as chosen_scope_rank,
        first_value(months) over best as chosen_months,
        lead(scope_rank) over best as next_scope,
        lead(part_rank) over best as next_part,
        lead(base_rank) over best as next_base,
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
                base_rank asc,
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
)

select
    observation_id,
    chosen_id,
    place_in_order,
    n_sources,
    n_reports,
    region_code,
    year,
    indicator_id,
    part_rank = 1 as given_as_part,
    scope_rank = chosen_scope_rank
    and base_rank = 0
    and coalesce(months, 0) = coalesce(chosen_months, 0)
    and abs(value - chosen_value) > greatest(
        (rounding + chosen_rounding) / 2 + 1e-9 * abs(chosen_value),
        case when comparator = '=' and chosen_comparator = '=' then 0 else 0.1 * abs(chosen_value) end
    ) as has_other_value,
    -- What this one has before the next.
    case
        when n_sources = 1 then 'only_source'
        when next_scope > scope_rank then 'region_wide'
        when next_part > part_rank then 'whole'
        when next_base > base_rank then 'done'
        when next_period > period_rank then 'full_year'
        when next_trust > trust_rank then 'more_certain'
        when next_as_of > as_of_rank then 'later_as_of'
        when next_own > own_rank then 'own_report'
        when next_version > version_rank or next_age > age_rank then 'newer_version'
        when next_area > area_rank then 'said_of_area'
        when next_size > size_rank then 'largest'
        when next_exact > exact_rank then 'exact'
        when next_confidence < confidence then 'more_certain'
        else 'first_found'
    end as decided_by
from ranked
order by region_code, year, indicator_id, chosen_id, place_in_order
