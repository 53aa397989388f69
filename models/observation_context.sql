-- Where each counted observation stands in its sentence: the words before and after the number, and whether it
-- opens or continues a list of parts. The audit works on this; it reads no particular sentence.
with texts as (
    select
        document_id,
        -- Marks and digits are matched in half width and cue words in Simplified characters. Every character keeps its
        -- place.
        translate(
            text,
            '（），；：！？％．｜０１２３４５６７８９計總餘佔減縮調壓漲長達較併內處數爲為與從對縣區鄉鎮轄現個戶萬億納應擬圍間當',
            '(),;:!?%.|0123456789计总余占减缩调压涨长达较并内处数为为与从对县区乡镇辖现个户万亿纳应拟围间当'
        ) as text
    from core.documents
    where document_id in (select document_id from marts.facts)
),

cut as (
    select
        document_id,
        -- A sentence ends with its mark, a table cell with its bar, a paragraph with its line. `。` between digits is a
        -- decimal point.
        regexp_extract_all(
            case
                when regexp_matches(text, '[0-9]。[0-9]') then regexp_replace(text, '([0-9])。([0-9])', '\1.\2', 'g')
                else text
            end,
            '[^。!?;|\n]*[。!?;|\n]?'
        ) as pieces
    from texts
),

pieces as (
    select
        document_id,
        unnest(pieces) as sentence,
        generate_subscripts(pieces, 1) as sentence_no
    from cut
),

sentences as (
    select
        document_id,
        -- Nothing is read into what is too long for a sentence: a file without any marks stays affordable.
        case when length(sentence) <= 3000 then sentence else '' end as sentence,
        sentence_no,
        sum(length(sentence)) over before_this - length(sentence) as sentence_start,
        sum(case when right(sentence, 1) in ('|', chr(10)) then 1 else 0 end) over before_this
            - case when right(sentence, 1) in ('|', chr(10)) then 1 else 0 end as paragraph_no
    from pieces
    window before_this as (
        partition by document_id order by sentence_no rows between unbounded preceding and current row
    )
),

placed as (
    select
        spans.observation_id,
        spans.report_id,
        spans.document_id,
        spans.span_start,
        spans.span_end,
        sentences.sentence,
        sentences.sentence_no,
        sentences.sentence_start,
        sentences.paragraph_no
    from (
        select facts.observation_id, facts.report_id, facts.document_id, read.span_start, read.span_end
        from marts.facts as facts
        join core.observations as read on read.observation_id = facts.observation_id
    ) as spans
    asof join sentences
        on sentences.document_id = spans.document_id
        and spans.span_start >= sentences.sentence_start
),

worded as (
    select
        *,
        row_number() over (partition by document_id order by span_start) as position,
        row_number() over in_sentence as place,
        substring(
            sentence,
            (coalesce(lag(span_end) over in_sentence, sentence_start) - sentence_start + 1)::bigint,
            (span_start - coalesce(lag(span_end) over in_sentence, sentence_start))::bigint
        ) as before,
        substring(
            sentence,
            (span_end - sentence_start + 1)::bigint,
            (coalesce(lead(span_start) over in_sentence, sentence_start + length(sentence)) - span_end)::bigint
        ) as after
    from placed
    window in_sentence as (partition by document_id, sentence_no order by span_start)
),

marked as (
    select
        *,
        -- The clause before the number and the words behind it, as far as the next number or mark.
        right(regexp_extract(before, '([^,、:。;()“”]*)$', 1), 40) as head,
        left(regexp_extract(after, '^([^,、:。;()|\n]*)', 1), 20) as tail,
        len(regexp_extract_all(before, '[(]')) - len(regexp_extract_all(before, '[)]')) as brackets,
        regexp_matches(before, '其中|包括|包含') as opens_parts,
        -- Words with which a list of parts is over and another matter begins.
        regexp_matches(before, '全年|今年|累计|此外|另外|另有|同时|截至|截止|新增|共计|合计|总计|[,]共') as starts_anew
    from worded
)

select
    observation_id,
    report_id,
    document_id,
    span_start,
    position,
    paragraph_no::bigint as paragraph_no,
    sentence_no,
    place,
    head,
    tail,
    -- 全县, 我区现有, 共有: said of the whole area; 1661户2405人 share what is said before the first.
    coalesce(
        last_value(
            case
                when head <> ''
                    then regexp_matches(head, '(全|我|本|辖)(区|县|市|镇|乡|旗|省|州|盟)|共有|现有|总数|总计')
            end
            ignore nulls
        ) over so_far,
        false
    ) as said_of_area,
    greatest(sum(brackets) over so_far, 0)::bigint as depth,
    sum(case when brackets > 0 then 1 else 0 end) over so_far::bigint as bracket_no,
    sum(case when opens_parts or starts_anew then 1 else 0 end) over so_far::bigint as list_no,
    opens_parts,
    -- 其中 right behind the number before it, or at the head of its sentence
    regexp_matches(before, '^[,、。;:( ]*(其中|包括|包含)') as opens_at_once
from marked
window so_far as (
    partition by document_id, sentence_no order by place rows between unbounded preceding and current row
)
