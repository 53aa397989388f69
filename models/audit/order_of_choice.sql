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
        facts.confidence,
        context.position,
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
        count(distinct report_id) over key as n_reports,
        first_value(observation_id) over best as chosen_id,
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
    -- What this one has before the next.
    case
        when n_sources = 1 then 'only_source'
        when next_scope > scope_rank then 'region_wide'
        when next_part > part_rank then 'whole'
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
