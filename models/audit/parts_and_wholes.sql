-- Which figures are given as parts of which: lists opened by 其中, lists in brackets, figures added up behind them
-- (合计, 共计), what is left of a whole (剩余), and those of a group who draw something (纳入). One row a part. The whole
-- of a list is the last figure of the same kind before it.
with paragraphs as (
    -- Where anything is given as a part of anything.
    select distinct document_id, paragraph_no
    from core.contexts
    where opens_parts
        or depth > 0
        or sums_up
        or left_over
        or draws
),

figures as (
    select
        context.*,
        facts.report_id,
        facts.subject,
        facts.measure,
        facts.change,
        facts.status,
        facts.unit,
        facts.value,
        coalesce(facts.year, 0) as year,
        row_number() over (
            partition by context.document_id, context.sentence_no, facts.unit, facts.measure order by context.place
        ) as unit_place,
        first_value(context.opens_parts) over list as listed,
        first_value(context.opens_at_once) over list as listed_at_once,
        first_value(context.place) over list as list_place,
        first_value(context.position) over list as list_start,
        first_value(context.depth) over list as list_depth,
        first_value(context.position) over bracket as bracket_start,
        first_value(context.opens_parts) over bracket as bracket_lists
    from core.contexts as context
    join marts.facts as facts on facts.observation_id = context.observation_id
    join paragraphs
        on paragraphs.document_id = context.document_id
        and paragraphs.paragraph_no = context.paragraph_no
    -- Shares, rates and time limits have no parts that add up.
    where facts.measure not in ('ratio', 'standard', 'average', 'duration', 'ranking')
    window
        list as (
            partition by context.document_id, context.sentence_no, context.list_no order by context.place
        ),
        bracket as (
            partition by context.document_id, context.sentence_no, context.bracket_no, context.depth
            order by context.place
        )
),

-- A figure behind 其中 in its list, or inside brackets.
parts as (
    select
        *,
        case when listed and depth = list_depth then 'of_which' else 'brackets' end as cue,
        case when listed and depth = list_depth then list_start else bracket_start end as parts_start,
        case when listed and depth = list_depth then listed_at_once else true end as at_once,
        -- The list goes back to the sentence before where 其中 opens its own.
        listed and depth = list_depth and listed_at_once and list_place = 1 as may_go_back
    from figures
    where (listed and depth = list_depth)
        or (depth > 0 and not bracket_lists)
),

wholes as (
    select * from figures
    where depth = 0
),

behind as (
    select
        wholes.observation_id as whole_id,
        parts.observation_id as part_id,
        parts.report_id,
        parts.document_id,
        parts.sentence_no,
        parts.parts_start,
        parts.cue,
        -- 孵化基地8个, 其中一处入驻机构25家: counted with another word, it may be of another thing.
        parts.at_once and parts.counter = wholes.counter as at_once,
        parts.label,
        parts.position
    from parts
    asof join wholes
        on wholes.document_id = parts.document_id
        and wholes.paragraph_no = parts.paragraph_no
        and wholes.unit = parts.unit
        and wholes.measure = parts.measure
        and wholes.change = parts.change
        and wholes.status = parts.status
        and wholes.year = parts.year
        and wholes.position < parts.parts_start
    where wholes.sentence_no = parts.sentence_no
        or (parts.may_go_back and wholes.sentence_no >= parts.sentence_no - 1)
),

-- A total behind its parts: 甲3个, 乙5个, 合计(or 共) 8个.
totals as (
    select * from figures
    where depth = 0 and sums_up
),

before as (
    select
        totals.observation_id as whole_id,
        figures.observation_id as part_id,
        figures.report_id,
        figures.document_id,
        figures.sentence_no,
        totals.position as parts_start,
        'total' as cue,
        true as at_once,
        figures.label,
        figures.position,
        lag(totals.place) over (
            partition by totals.document_id, totals.sentence_no, totals.unit, totals.measure, figures.observation_id
            order by totals.place
        ) as earlier_total
    from totals
    join figures
        on figures.document_id = totals.document_id
        and figures.sentence_no = totals.sentence_no
        and figures.unit = totals.unit
        and figures.measure = totals.measure
        and figures.change = totals.change
        and figures.status = totals.status
        and figures.year = totals.year
    where figures.depth = 0
        and figures.place < totals.place
        -- A handful of figures before the total; a long run of numbers is a table, not a sentence.
        and figures.place >= totals.place - 12
        and not figures.listed
),

-- What is left: 甲4个, 已建成2个, 剩余2个. The larger of the two figures before is the whole (完成386间, 占任务412间的
-- 93.7%, 其余26间). Only where nothing else is counted in between.
rests as (
    select
        case when first.value >= second.value then first.observation_id else second.observation_id end as whole_id,
        unnest([
            case when first.value >= second.value then second.observation_id else first.observation_id end,
            rest.observation_id
        ]) as part_id,
        unnest([case when first.value >= second.value then second.label else first.label end, rest.label]) as label,
        unnest([case when first.value >= second.value then second.position else first.position end, rest.position])
            as position,
        rest.report_id,
        rest.document_id,
        rest.sentence_no,
        first.position as parts_start,
        'rest' as cue,
        true as at_once
    from figures as rest
    join figures as first
        on first.document_id = rest.document_id
        and first.sentence_no = rest.sentence_no
        and first.unit = rest.unit
        and first.measure = rest.measure
        and first.unit_place = 1
    join figures as second
        on second.document_id = rest.document_id
        and second.sentence_no = rest.sentence_no
        and second.unit = rest.unit
        and second.measure = rest.measure
        and second.unit_place = 2
    where rest.unit_place = 3
        and rest.left_over
),

-- Those of a group who draw something: 脱贫人口1200户3000人, 纳入低保300户700人.
drawn as (
    select
        wholes.observation_id as whole_id,
        drawing.observation_id as part_id,
        drawing.report_id,
        drawing.document_id,
        drawing.sentence_no,
        drawing.position as parts_start,
        'drawn' as cue,
        false as at_once,
        drawing.label,
        drawing.position
    from (
        select
            *,
            coalesce(
                last_value(draws ignore nulls) over (
                    partition by document_id, sentence_no order by place
                    rows between unbounded preceding and current row
                ),
                false
            ) as drawn_from
        from figures
    ) as drawing
    join ref.units as units on units.unit = drawing.unit
    asof join figures as wholes
        on wholes.document_id = drawing.document_id
        and wholes.sentence_no = drawing.sentence_no
        and wholes.unit = drawing.unit
        and wholes.measure = drawing.measure
        and wholes.status = drawing.status
        and wholes.position < drawing.position
    where drawing.drawn_from
        and units.measure in ('persons', 'households')
        and not drawing.listed
        and wholes.value > drawing.value
        and wholes.subject <> drawing.subject
),

related as (
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, label, position
    from behind
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, label, position
    from before
    where earlier_total is null
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, label, position
    from rests
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, label, position
    from drawn
)

select
    related.part_id,
    related.whole_id,
    related.cue,
    related.at_once,
    related.label,
    -- 跨省通办1126对, 其中结婚973对: a part of a group is of the group.
    related.cue = 'of_which' and whole.subgroup is not null and part.subgroup is null as of_group,
    -- All parts of one list, whatever their unit.
    md5(related.document_id || ':' || related.parts_start || ':' || related.cue) as list_id,
    part.value as part_value,
    whole.value as whole_value,
    part.unit,
    part.written as part_written,
    whole.written as whole_written,
    part.region_code,
    part.year,
    related.report_id,
    related.document_id
from related
join marts.facts as part on part.observation_id = related.part_id
join marts.facts as whole on whole.observation_id = related.whole_id
order by related.document_id, related.position
