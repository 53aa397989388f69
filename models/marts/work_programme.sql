-- What the bureaus set out to do: each work item with its domain and its quantified targets.
with targets as (
    select
        observations.task_id,
        count(observations.observation_id) as n_targets,
        string_agg(
            observations.written || ' ' || coalesce(facts.indicator_zh, observations.indicator_id), '; '
            order by observations.span_start
        ) as targets,
        list(observations.observation_id order by observations.span_start) as observation_ids
    from core.observations as observations
    left join marts.facts as facts on facts.observation_id = observations.observation_id
    where observations.task_id is not null
        and observations.status = 'target'
    group by observations.task_id
)

select
    tasks.task_id,
    tasks.region_code,
    regions.full_name as region,
    tasks.year,
    tasks.domain,
    domains.name_zh as domain_zh,
    tasks.ordinal,
    tasks.section,
    tasks.title,
    tasks.goal,
    tasks.lead,
    tasks.department,
    coalesce(targets.n_targets, 0) as n_targets,
    targets.targets,
    targets.observation_ids,
    tasks.report_id,
    tasks.document_id
from core.tasks as tasks
join core.reports as reports on reports.report_id = tasks.report_id
left join targets on targets.task_id = tasks.task_id
left join ref.domains as domains on domains.domain = tasks.domain
left join ref.regions as regions on regions.region_code = tasks.region_code
where reports.duplicate_of is null
order by tasks.region_code, tasks.year, tasks.report_id, tasks.ordinal
