-- Readings most worth a look, by doubt × weight, each with its other readings and a line for raw/corrections.csv.
with others as (
    select
        observation_id,
        string_agg(subject || ' ' || round(100 * share)::integer || ' %', ', ' order by rank) as other_readings
    from core.readings
    where rank > 1
    group by observation_id
),

weighed as (
    select
        facts.*,
        indicators.name_zh as indicator_zh,
        -- A headline figure of the whole region is read by everybody; what the world doubts is doubted in full.
        case when indicators.headline is not null then 3 else 1 end
        * case when facts.scope = 'region' and facts.subgroup is null then 2 else 1 end as weight,
        case when len(facts.doubts) > 0 then 1 else 1 - facts.confidence end as doubt
    from marts.facts as facts
    left join ref.indicators as indicators on indicators.indicator_id = facts.indicator_id
    where facts.trust = 'doubtful'
        and facts.correction_id is null
        and facts.subject <> 'other'
)

select
    weighed.observation_id,
    round(weighed.doubt * weighed.weight, 3) as priority,
    weighed.doubt,
    weighed.weight,
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
