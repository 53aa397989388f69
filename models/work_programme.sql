-- What the bureaus set out to do: each work item with its domain and its quantified targets.
with targets as (
    select
        observations.task_id,
        count(observations.observation_id) as n_targets,
        string_agg(
            observations.written || ' ' || coalesce(indicators.name_zh, observations.indicator_id), '; '
            order by observations.span_start
        ) as targets,
        list(observations.observation_id order by observations.span_start) as observation_ids
    from core.observations as observations
    left join ref.indicators as indicators on indicators.indicator_id = observations.indicator_id
    where observations.task_id is not null
      and observations.status = 'target'
    group by observations.task_id
),

-- Titles in Traditional characters are matched in Simplified.
titles as (
    select
        title,
        translate(
            title,
            '業嚴喪產從眾優會傳體兒黨關養軍準劃剛辦務區協雙發團復導層幫幹庫態願掃撫擁機標樁殘殯礙離級線組織結統綜網脫規計訓訪識財貧資贈輔邊適銀長隊難領題風齡羣衆',
            '业严丧产从众优会传体儿党关养军准划刚办务区协双发团复导层帮干库态愿扫抚拥机标桩残殡碍离级线组织结统综网脱规计训访识财贫资赠辅边适银长队难领题风龄群众'
        ) as simplified
    from (select distinct title from core.tasks where domain is null)
),

-- The domain whose words take up most of the title.
titled as (
    select
        title,
        first(domain order by characters desc, domain) as domain
    from (
        select
            titles.title,
            words.domain,
            sum(length(titles.simplified) - length(replace(titles.simplified, words.word, ''))) as characters
        from titles
        join (select domain, unnest(string_split(words, '|')) as word from ref.domains) as words
            on contains(titles.simplified, words.word)
        group by titles.title, words.domain
    )
    group by title
),

-- Where its title tells nothing, a task has the domain of most of its figures.
figured as (
    select
        observations.task_id,
        mode(subjects.domain order by observations.span_start) as domain
    from core.observations as observations
    join ref.subjects as subjects on subjects.subject = observations.subject
    where observations.task_id is not null
      and subjects.domain <> 'other'
    group by observations.task_id
)

select
    tasks.task_id,
    tasks.region_code,
    regions.full_name as region,
    tasks.year,
    coalesce(tasks.domain, titled.domain, figured.domain) as domain,
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
left join titled on titled.title = tasks.title
left join figured on figured.task_id = tasks.task_id
left join ref.domains as domains on domains.domain = coalesce(tasks.domain, titled.domain, figured.domain)
left join ref.regions as regions on regions.region_code = tasks.region_code
where reports.duplicate_of is null
order by tasks.region_code, tasks.year, tasks.report_id, tasks.ordinal
