-- What was planned beside what was reported for it: a region's targets for a year and its results of that year,
-- whichever reports they stand in (a plan and the next summary, or the plan inside the summary before). Paired within
-- their sentence, else by their key; where no result has it, by the words for what is counted.
with counted as (
    select
        best.*,
        coalesce(best.subgroup, '') as subgroup_key,
        context.counter,
        read.subject_word,
        context.left_over or context.limits as no_amount
    from marts.indicators_by_region_year as best
    join core.contexts as context on context.observation_id = best.observation_id
    join core.observations as read on read.observation_id = best.observation_id
    where best.change <> 'delta'
),

targets as (
    select *
    from counted
    where status = 'target'
        and scope <> 'outside'
        -- 每个社区3个, 每万人25名: so many to each are no share that could be reached.
        and not (indicator_id like '%.ratio' and unit <> '%')
        and not no_amount
),

results as (
    select *
    from counted
    where status = 'actual'
),

-- What a region reports at all of a year, and of an indicator in it, to say why a target has no result.
reported as (
    select
        region_code,
        year,
        indicator_id,
        min(value) as least
    from results
    group by region_code, year, indicator_id
),

-- 参加年报的应有307家, 已完成224家: the sentence that says the target says what became of it, whatever other reports say.
own_sentence as (
    select
        targets.observation_id as target_observation_id,
        done.value,
        done.months,
        done.comparator,
        done.written,
        done.observation_id,
        done.report_id,
        done.trust
    from targets
    join core.contexts as here on here.observation_id = targets.observation_id
    join core.contexts as there
        on there.document_id = here.document_id
        and there.sentence_no = here.sentence_no
    join marts.facts as done
        on done.observation_id = there.observation_id
        and done.region_code = targets.region_code
        and done.year = targets.year
        and done.indicator_id = targets.indicator_id
        and done.change = targets.change
        and done.residence = targets.residence
        and done.subgroup is not distinct from targets.subgroup
        and done.unit = targets.unit
        and done.scope = targets.scope
        and done.place is not distinct from targets.place
    where done.status = 'actual'
        and not done.of_several_years
        and done.value <= 5 * coalesce(targets.value_high, targets.value)
        and (there.counter = targets.counter or '' in (there.counter, targets.counter))
        and not (targets.unit = '%' and targets.value <= 100 and done.value > 100)
    window one_target as (partition by targets.observation_id)
    -- One result, or none; what is part of another figure is not all.
    qualify min(done.value) over one_target = max(done.value) over one_target
        and row_number() over (one_target order by there.position) = 1
        and done.observation_id not in (
            select part_id from audit.parts_and_wholes
        )
),

by_key as (
    select
        targets.region_code,
        targets.region,
        targets.year,
        targets.indicator_id,
        targets.indicator_zh,
        targets.change,
        targets.residence,
        targets.subgroup,
        targets.unit,
        targets.comparator,
        targets.value as target,
        targets.value_high as target_high,
        targets.scope,
        -- The codes of trust stand in the order of the alphabet.
        least(targets.trust, coalesce(own_sentence.trust, results.trust)) as trust,
        targets.written as target_written,
        targets.observation_id as target_observation_id,
        targets.report_id as target_report_id,
        coalesce(own_sentence.value, results.value) as result,
        case when own_sentence.value is null then results.months else own_sentence.months end as result_months,
        coalesce(own_sentence.comparator, results.comparator) as result_comparator,
        coalesce(own_sentence.written, results.written) as result_written,
        coalesce(own_sentence.observation_id, results.observation_id) as result_observation_id,
        coalesce(own_sentence.report_id, results.report_id) as result_report_id,
        own_sentence.value is not null as in_own_sentence
    from targets
    left join own_sentence on own_sentence.target_observation_id = targets.observation_id
    left join results
        on results.region_code = targets.region_code
        and results.year = targets.year
        and results.indicator_id = targets.indicator_id
        and results.change = targets.change
        and results.residence = targets.residence
        and results.subgroup_key = targets.subgroup_key
        and results.unit = targets.unit
        and results.scope = targets.scope
        and results.place is not distinct from targets.place
        -- A plan is no report of its own results, but a summary may quote this year's target beside them.
        and results.observation_id <> targets.observation_id
        -- A result of many times the target is of another matter.
        and results.value <= 5 * coalesce(targets.value_high, targets.value)
        -- 更新火化机2台, 改造守灵间8间: counted with other words they are other things.
        and (results.counter = targets.counter or '' in (results.counter, targets.counter))
        -- 老年公寓总投资4200万元, 敬老院改造投入527万元: money is laid out for one building or another.
        and (targets.indicator_id not like '%.investment' or results.subject_word = targets.subject_word)
        -- A share above the whole is how far the target was reached.
        and not (targets.unit = '%' and targets.value <= 100 and results.value > 100)
),

taken as (
    select result_observation_id as observation_id
    from by_key
    where result_observation_id is not null
),

-- 新建农村幸福院7所, then 农村幸福院建成8所: the same thing in the same words, read as added here and as a total there.
worded as (
    select
        by_key.target_observation_id,
        done.value,
        done.months,
        done.comparator,
        done.written,
        done.observation_id,
        done.report_id,
        least(done.trust, 'likely') as trust
    from by_key
    join marts.facts as planned on planned.observation_id = by_key.target_observation_id
    join core.observations as planned_words on planned_words.observation_id = by_key.target_observation_id
    join marts.facts as done
        on done.region_code = planned.region_code
        and done.year = planned.year
        and done.measure = planned.measure
        and done.unit = planned.unit
        and done.scope = planned.scope
        and done.place is not distinct from planned.place
        and (done.change = planned.change or 'level' in (done.change, planned.change))
        and (done.residence = planned.residence or 'total' in (done.residence, planned.residence))
        and coalesce(done.subgroup = planned.subgroup, true)
    join core.observations as done_words
        on done_words.observation_id = done.observation_id
        and done_words.subject_word = planned_words.subject_word
    join core.contexts as context on context.observation_id = done.observation_id
    where by_key.result_observation_id is null
        and planned_words.subject_word <> ''
        and done.status = 'actual'
        and done.change <> 'delta'
        and not done.superseded
        and not done.of_several_years
        -- 新增床位300张 is no part of 现有床位400张 that could be reached.
        and (done.change = planned.change or not context.said_of_area)
        and done.value <= 5 * coalesce(planned.value_high, planned.value)
        and done.observation_id not in (
            select observation_id from taken
        )
    window
        one_target as (partition by by_key.target_observation_id),
        one_result as (partition by done.observation_id)
    -- One result of one target, or none; the same figure told twice is one. What is part of another figure is not all.
    qualify min(done.value) over one_target = max(done.value) over one_target
        and min(by_key.target_observation_id) over one_result = max(by_key.target_observation_id) over one_result
        and row_number() over (one_target order by done.report_id, context.position) = 1
        and done.observation_id not in (
            select part_id from audit.parts_and_wholes
        )
),

paired as (
    select
        by_key.* replace (
            coalesce(by_key.result, worded.value) as result,
            coalesce(by_key.result_months, worded.months) as result_months,
            coalesce(by_key.result_comparator, worded.comparator) as result_comparator,
            coalesce(by_key.result_written, worded.written) as result_written,
            coalesce(by_key.result_observation_id, worded.observation_id) as result_observation_id,
            coalesce(by_key.result_report_id, worded.report_id) as result_report_id,
            least(by_key.trust, worded.trust) as trust
        ),
        case
            when by_key.in_own_sentence then 'sentence'
            when by_key.result is not null then 'key'
            when worded.value is not null then 'wording'
        end as paired_by
    from by_key
    left join worded on worded.target_observation_id = by_key.target_observation_id
)

select
    paired.region_code,
    paired.region,
    paired.year,
    paired.indicator_id,
    paired.indicator_zh,
    paired.change,
    paired.residence,
    paired.subgroup,
    paired.unit,
    paired.comparator,
    paired.target,
    paired.target_high,
    paired.result,
    paired.result_months,
    -- An upper bound (控制在3个以内) is kept by staying under it; how much of it was used up is no share reached.
    case
        when paired.comparator not in ('<=', '<') then round(100 * paired.result / nullif(paired.target, 0), 1)
    end as share_reached_percent,
    case
        when paired.result is null then null
        -- Of a target or a result that may be misread, or of another thing, nothing is said.
        when paired.trust = 'doubtful' then null
        when paired.comparator = '<=' then paired.result <= coalesce(paired.target_high, paired.target)
        when paired.comparator = '<' then paired.result < paired.target
        when paired.comparator = '>' then paired.result > paired.target
        when paired.comparator = '~' and paired.result >= 0.95 * paired.target then true
        when paired.result >= paired.target then true
        -- Part of the year is not over yet.
        when paired.result_months < 12 then null
        else false
    end as met,
    case
        when paired.result is not null then null
        when not exists (
                from results
                where results.region_code = paired.region_code
                    and results.year = paired.year
            ) then 'no_results_of_year'
        when reported.indicator_id is null then 'not_reported'
        when reported.least > 5 * coalesce(paired.target_high, paired.target) then 'far_from_target'
        else 'other_breakdown'
    end as why_no_result,
    paired.paired_by,
    paired.target_written,
    paired.result_written,
    paired.scope,
    paired.trust,
    target_report.genre as target_genre,
    paired.target_observation_id,
    paired.target_report_id,
    paired.result_observation_id,
    paired.result_report_id
from paired
join core.reports as target_report on target_report.report_id = paired.target_report_id
left join reported
    on reported.region_code = paired.region_code
    and reported.year = paired.year
    and reported.indicator_id = paired.indicator_id
order by paired.region_code, paired.year, paired.indicator_id, paired.residence
