-- Which figures are given as parts of which: lists opened by 其中, lists in brackets, figures added up behind them
-- (合计, 共计), what is left of a whole (剩余), and those of a group who draw something (纳入). One row a part. The whole of a list is the last figure of the
-- same kind before it.
with paragraphs as (
    -- Where anything is given as a part of anything.
    select distinct document_id, paragraph_no
    from marts.observation_context
    where opens_parts
       or depth > 0
       or regexp_matches(head, '合计|总计|共计|总共|^一?共有?$|剩余|其余|余下|剩下|纳入|享受')
),

figures as (
    select
        context.*,
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
        first_value(context.span_start) over list as list_start,
        first_value(context.depth) over list as list_depth,
        first_value(context.span_start) over bracket as bracket_start,
        first_value(context.opens_parts) over bracket as bracket_lists
    from marts.observation_context as context
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
        case when listed and depth = list_depth then '其中' else '()' end as cue,
        case when listed and depth = list_depth then list_start else bracket_start end as parts_start,
        case when listed and depth = list_depth then listed_at_once else true end as at_once,
        -- The list goes back to the sentence before where 其中 opens its own.
        listed and depth = list_depth and listed_at_once and list_place = 1 as may_go_back
    from figures
    where (listed and depth = list_depth)
       or (depth > 0 and not bracket_lists)
),

wholes as (
    select * from figures where depth = 0
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
        parts.at_once,
        parts.head,
        parts.span_start
    from parts
    asof join wholes
        on wholes.document_id = parts.document_id
        and wholes.paragraph_no = parts.paragraph_no
        and wholes.unit = parts.unit
        and wholes.measure = parts.measure
        and wholes.change = parts.change
        and wholes.status = parts.status
        and wholes.year = parts.year
        and wholes.span_start < parts.parts_start
    where wholes.sentence_no = parts.sentence_no
       or (parts.may_go_back and wholes.sentence_no >= parts.sentence_no - 1)
),

-- A total behind its parts: 甲3个, 乙5个, 合计(or 共) 8个.
totals as (
    select * from figures where depth = 0 and regexp_matches(head, '合计|总计|共计|总共|^一?共有?$')
),

before as (
    select
        totals.observation_id as whole_id,
        figures.observation_id as part_id,
        figures.report_id,
        figures.document_id,
        figures.sentence_no,
        totals.span_start as parts_start,
        '合计' as cue,
        true as at_once,
        figures.head,
        figures.span_start,
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
        unnest([case when first.value >= second.value then second.head else first.head end, rest.head]) as head,
        unnest([case when first.value >= second.value then second.span_start else first.span_start end, rest.span_start])
            as span_start,
        rest.report_id,
        rest.document_id,
        rest.sentence_no,
        first.span_start as parts_start,
        '剩余' as cue,
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
      and regexp_matches(rest.head, '剩余|其余|余下|剩下')
),

-- Those of a group who draw something: 脱贫人口1200户3000人, 纳入低保300户700人.
drawn as (
    select
        wholes.observation_id as whole_id,
        drawing.observation_id as part_id,
        drawing.report_id,
        drawing.document_id,
        drawing.sentence_no,
        drawing.span_start as parts_start,
        '纳入' as cue,
        false as at_once,
        drawing.head,
        drawing.span_start
    from (
        select
            *,
            coalesce(
                last_value(case when head <> '' then regexp_matches(head, '(纳入|享受)') end ignore nulls) over (
                    partition by document_id, sentence_no order by place
                    rows between unbounded preceding and current row
                ),
                false
            ) as drawn_from
        from figures
    ) as drawing
    asof join figures as wholes
        on wholes.document_id = drawing.document_id
        and wholes.sentence_no = drawing.sentence_no
        and wholes.unit = drawing.unit
        and wholes.measure = drawing.measure
        and wholes.status = drawing.status
        and wholes.span_start < drawing.span_start
    where drawing.drawn_from
      and drawing.unit in ('人', '户')
      and not drawing.listed
      and wholes.value > drawing.value
      and wholes.subject <> drawing.subject
),

related as (
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, head, span_start
    from behind
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, head, span_start
    from before
    where earlier_total is null
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, head, span_start
    from rests
    union all
    select whole_id, part_id, report_id, document_id, sentence_no, parts_start, cue, at_once, head, span_start
    from drawn
)

select
    related.part_id,
    related.whole_id,
    related.cue,
    related.at_once,
    trim(regexp_replace(related.head, '^.*(其中|包括|包含)', '')) as label,
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
order by related.document_id, related.span_start
