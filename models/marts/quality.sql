-- How well each report was read: its numbers by kind, how many found a subject, and what was flagged.
with numbers as (
    select
        report_id,
        count(span_start) as n_numbers,
        count(*) filter (where kind = 'measurement') as n_measurements,
        count(*) filter (where kind = 'range_end') as n_range_ends,
        count(*) filter (where kind = 'date') as n_dates,
        count(*) filter (where kind = 'list_marker') as n_list_markers,
        count(*) filter (where kind = 'document_no') as n_document_nos,
        count(*) filter (where kind = 'identifier') as n_identifiers,
        count(*) filter (where kind = 'name') as n_names,
        count(*) filter (where kind = 'condition') as n_conditions,
        count(*) filter (where list_contains(flags, 'unread_table')) as n_in_unread_tables
    from core.mentions
    group by report_id
),

read as (
    select
        report_id,
        count(observation_id) as n_observations,
        count(*) filter (where subject <> 'other') as n_known_subject,
        count(*) filter (where len(flags) > 0) as n_flagged,
        count(*) filter (where confidence < 0.5) as n_doubtful,
        avg(confidence) as mean_confidence
    from core.observations
    group by report_id
),

tabled as (
    select
        report_id,
        count(table_id) as n_tables,
        count(*) filter (where state = 'partly') as n_tables_partly,
        count(*) filter (where state = 'unread') as n_tables_unread
    from core.tables
    group by report_id
),

planned as (
    select report_id, count(task_id) as n_tasks
    from core.tasks
    group by report_id
)

select
    reports.report_id,
    reports.document_id,
    documents.file_name,
    reports.title,
    reports.genre,
    reports.year,
    reports.region_code,
    reports.region_method,
    reports.duplicate_of,
    reports.superseded_by,
    reports.span_end - reports.span_start as n_characters,
    coalesce(numbers.n_numbers, 0) as n_numbers,
    coalesce(numbers.n_measurements, 0) as n_measurements,
    coalesce(numbers.n_range_ends, 0) as n_range_ends,
    coalesce(numbers.n_dates, 0) as n_dates,
    coalesce(numbers.n_list_markers, 0) as n_list_markers,
    coalesce(numbers.n_document_nos, 0) as n_document_nos,
    coalesce(numbers.n_identifiers, 0) as n_identifiers,
    coalesce(numbers.n_names, 0) as n_names,
    coalesce(numbers.n_conditions, 0) as n_conditions,
    coalesce(read.n_observations, 0) as n_observations,
    coalesce(read.n_known_subject, 0) as n_known_subject,
    round(100.0 * read.n_known_subject / read.n_observations, 1) as known_subject_percent,
    coalesce(read.n_flagged, 0) as n_flagged,
    coalesce(read.n_doubtful, 0) as n_doubtful,
    round(read.mean_confidence, 3) as mean_confidence,
    coalesce(planned.n_tasks, 0) as n_tasks,
    coalesce(tabled.n_tables, 0) as n_tables,
    coalesce(tabled.n_tables_partly, 0) as n_tables_partly,
    coalesce(tabled.n_tables_unread, 0) as n_tables_unread,
    coalesce(numbers.n_in_unread_tables, 0) as n_in_unread_tables
from core.reports as reports
join core.documents as documents using (document_id)
left join numbers using (report_id)
left join read using (report_id)
left join planned using (report_id)
left join tabled using (report_id)
order by documents.file_name, reports.span_start
