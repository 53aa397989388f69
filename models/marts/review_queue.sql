-- Readings most worth a look, by doubt × weight × how far they lie from what is expected, each with its other readings
-- and a line for raw/corrections.csv.
with others as (
    select
        observation_id,
        string_agg(subject || ' ' || round(100 * share)::integer || ' %', ', ' order by rank) as other_readings
    from core.readings
    where rank > 1
    group by observation_id
),

doubtful as (
    select
        facts.*,
        -- A headline figure of the whole region is read by everybody; what the world doubts is doubted in full.
        case when indicators.headline is not null then 3 else 1 end
        * case when facts.scope = 'region' and facts.subgroup is null then 2 else 1 end as weight,
        case when len(facts.doubts) > 0 then 1 else 1 - facts.confidence end as doubt
    from marts.facts as facts
    left join ref.indicators as indicators on indicators.indicator_id = facts.indicator_id
    where facts.trust = 'doubtful'
        and facts.correction_id is null
        and facts.subject <> 'other'
),

-- What the region says elsewhere and is not doubted: of the same key in the nearest year (its own before any other),
-- and of a part's whole.
trusted as (
    select
        doubtful.observation_id,
        best.value,
        (best.scope = doubtful.scope and best.subgroup is not distinct from doubtful.subgroup) as is_own_key,
        case
            when not is_own_key then 'whole'
            when doubtful.year = best.year then 'same_year'
            else 'other_year'
        end as elsewhere_from,
        row_number() over (
            partition by doubtful.observation_id
            order by not is_own_key, abs(doubtful.year - best.year), best.year desc, best.observation_id asc
        ) as nearness
    from doubtful
    join marts.indicators_by_region_year as best
        on best.region_code = doubtful.region_code
        and best.indicator_id = doubtful.indicator_id
        and best.change = doubtful.change
        and best.residence = doubtful.residence
        and best.status = doubtful.status
        and best.unit is not distinct from doubtful.unit
    where best.trust <> 'doubtful'
        and best.observation_id <> doubtful.observation_id
        and best.value > 0
        and (
            is_own_key
            or (best.scope = 'region' and best.subgroup is null and best.year = doubtful.year)
        )
),

weighed as (
    select
        doubtful.*,
        trusted.value as elsewhere,
        trusted.elsewhere_from,
        -- Ten times off counts in full, and so does a part above its whole; where nothing is known, half.
        case
            when trusted.value is null then 0.5
            when trusted.elsewhere_from = 'whole' then (doubtful.value > trusted.value)::integer
            else least(1, abs(log10(greatest(doubtful.value, trusted.value / 10) / trusted.value)))
        end as would_change
    from doubtful
    left join trusted on trusted.observation_id = doubtful.observation_id and trusted.nearness = 1
)

select
    weighed.observation_id,
    round(weighed.doubt * weighed.weight * (0.5 + weighed.would_change), 3) as priority,
    weighed.doubt,
    weighed.weight,
    weighed.elsewhere,
    weighed.elsewhere_from,
    round(weighed.would_change, 3) as would_change,
    weighed.region_code,
    weighed.year,
    weighed.indicator_id,
    weighed.indicator_zh,
    weighed.change,
    weighed.residence,
    weighed.status,
    weighed.value,
    weighed.unit,
    weighed.written,
    read.quote,
    weighed.confidence,
    weighed.trust,
    weighed.doubts,
    read.flags,
    others.other_readings,
    -- To be completed: what is right (override and a value, drop or flag), why, who and when.
    '"' || replace(documents.file_name, '"', '""') || '",' || read.span_start || '-' || read.span_end
    || ',,flag,,' || read.value || ',,,' as correction_line,
    weighed.report_id,
    weighed.document_id
from weighed
join core.observations as read on read.observation_id = weighed.observation_id
join core.documents as documents on documents.document_id = weighed.document_id
left join others on others.observation_id = weighed.observation_id
order by priority desc, weighed.observation_id asc
