-- Where each value of the panel comes from: a row for each cell that holds one, with its trust and its sources.
with cells as (
    select
        best.*,
        indicators.headline,
        indicators.headline || case when best.residence = 'total' then '' else '_' || best.residence end as column_name
    from marts.indicators_by_region_year as best
    join ref.indicators as indicators on indicators.indicator_id = best.indicator_id
    where indicators.headline is not null
        and best.trust <> 'doubtful'
        and best.unit = indicators.unit
        and best.change = 'level'
        and best.status = 'actual'
        and best.scope = 'region'
        and best.subgroup is null
        and not best.given_as_part
        and (best.flow and best.months < 12) is not true
        -- Town and country have columns of their own where both are told apart as a rule.
        and (
            best.residence = 'total'
            or indicators.headline in (
                'dibao_persons', 'dibao_households', 'dibao_standard', 'tekun_persons', 'tekun_standard'
            )
        )
),

-- Urban and rural together, where no total is reported that is larger than both.
halves as (
    select
        region_code,
        year,
        headline,
        max(value) filter (where residence = 'total') as whole,
        max(value) filter (where residence <> 'total') as larger,
        count(*) filter (where residence <> 'total') as n_halves
    from cells
    where headline in ('dibao_persons', 'dibao_households')
    group by region_code, year, headline
),

summed as (
    select
        cells.region_code,
        any_value(cells.region) as region,
        cells.year,
        cells.headline as column_name,
        any_value(cells.indicator_id) as indicator_id,
        any_value(cells.indicator_zh) as indicator_zh,
        'total' as residence,
        sum(cells.value) as value,
        any_value(cells.unit) as unit,
        -- The codes of trust stand in the order of the alphabet.
        min(cells.trust) as trust,
        max(cells.months) as months,
        max(cells.as_of) as as_of,
        min(cells.n_sources) as n_sources,
        bool_and(cells.agree) as agree,
        'urban_and_rural' as decided_by,
        string_agg(cells.correction, '; ' order by cells.residence) as correction,
        string_agg(cells.written, ' + ' order by cells.residence desc) as written,
        list(cells.observation_id order by cells.residence desc) as observation_ids,
        max(cells.report_id) as report_id
    from cells
    join halves using (region_code, year, headline)
    where cells.residence <> 'total'
        and halves.n_halves = 2
        and (halves.whole >= halves.larger) is not true
    group by cells.region_code, cells.year, cells.headline
),

reported as (
    select
        cells.region_code,
        cells.region,
        cells.year,
        cells.column_name,
        cells.indicator_id,
        cells.indicator_zh,
        cells.residence,
        cells.value,
        cells.unit,
        cells.trust,
        cells.months,
        cells.as_of,
        cells.n_sources,
        cells.agree,
        cells.decided_by,
        cells.correction,
        cells.written,
        [cells.observation_id] as observation_ids,
        cells.report_id
    from cells
    left join halves using (region_code, year, headline)
    where cells.residence <> 'total'
        or (halves.whole >= halves.larger) is not false
),

both_kinds as (
    select * from reported
    union all
    select * from summed
)

select
    both_kinds.region_code,
    both_kinds.region,
    both_kinds.year,
    both_kinds.column_name,
    both_kinds.indicator_id,
    both_kinds.indicator_zh,
    both_kinds.residence,
    both_kinds.value,
    both_kinds.unit,
    both_kinds.trust,
    both_kinds.months,
    both_kinds.as_of,
    both_kinds.n_sources,
    both_kinds.agree,
    both_kinds.decided_by,
    both_kinds.correction,
    both_kinds.written,
    reports.title,
    reports.issuer,
    reports.published_on,
    documents.file_name,
    reports.url,
    both_kinds.observation_ids,
    both_kinds.report_id
from both_kinds
join core.reports as reports on reports.report_id = both_kinds.report_id
join core.documents as documents on documents.document_id = reports.document_id
order by both_kinds.region_code, both_kinds.year, both_kinds.column_name
