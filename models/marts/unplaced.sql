-- Every observation that reaches no mart by region and year, with the reason. Copies of reports are left out, for
-- what they say stands in the first; so is what a reviewed correction drops.
with placed as (
    select
        facts.*,
        facts.scope = 'outside' and facts.own_report as of_larger_area
    from marts.facts as facts
)

select
    placed.observation_id,
    placed.report_id,
    placed.document_id,
    case
        when placed.region_code is null then 'no_region'
        when placed.year is null then 'no_year'
        when placed.subject = 'other' and list_has_any(observations.flags, ['unplaced_cell', 'unread_table'])
            then 'unread_table'
        when placed.subject = 'other' then 'no_subject'
        when placed.of_several_years then 'several_years'
        else 'larger_area'
    end as reason,
    concat_ws(
        ', ',
        case when placed.region_code is null then 'region' end,
        case when placed.year is null then 'year' end,
        case when placed.subject = 'other' then 'subject' end,
        case when placed.of_larger_area then 'area' end,
        case when placed.of_several_years then 'years' end
    ) as lacks,
    documents.file_name,
    reports.ordinal as part,
    reports.title,
    placed.region_code,
    placed.year,
    placed.indicator_id,
    placed.status,
    placed.value,
    placed.unit,
    placed.written,
    observations.quote,
    placed.trust
from placed
join core.observations as observations on observations.observation_id = placed.observation_id
join core.reports as reports on reports.report_id = placed.report_id
join core.documents as documents on documents.document_id = placed.document_id
where placed.region_code is null
    or placed.year is null
    or placed.subject = 'other'
    or placed.of_larger_area
    or placed.of_several_years
order by documents.file_name, observations.span_start
