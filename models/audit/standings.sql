-- How every source of a value stands to the one that was chosen of its key: the same, another place, period or thing,
-- or a contradiction. A different value differs only where the words around both say that they are of one thing.
with sources as (
    select
        best.chosen_id,
        chosen.value as chosen_value,
        chosen.scope as chosen_scope,
        chosen.place as chosen_place,
        chosen.months as chosen_months,
        chosen.period_end as chosen_as_of,
        chosen.report_id as chosen_report,
        chosen.comparator as chosen_comparator,
        chosen.rounding as chosen_rounding,
        facts.*
    from audit.order_of_choice as best
    join marts.facts as chosen on chosen.observation_id = best.chosen_id
    join marts.facts as facts on facts.observation_id = best.observation_id
    where best.n_sources > 1
),

-- A part of another thing's total (结婚 of 婚姻登记) is a figure of its own; a part of its own kind is not.
inner_parts as (
    select distinct relation.part_id
    from audit.parts_and_wholes as relation
    join marts.facts as part on part.observation_id = relation.part_id
    join marts.facts as whole on whole.observation_id = relation.whole_id
    where part.indicator_id = whole.indicator_id
        or relation.of_group
),

-- Two sentences that say another figure alike speak of one thing: 1661户2405人 and 1616户2405人.
mates as (
    select distinct
        sources.observation_id,
        sources.chosen_id
    from sources
    join core.contexts as here on here.observation_id = sources.observation_id
    join core.contexts as there on there.observation_id = sources.chosen_id
    join core.contexts as here_too
        on here_too.document_id = here.document_id
        and here_too.sentence_no = here.sentence_no
    join core.contexts as there_too
        on there_too.document_id = there.document_id
        and there_too.sentence_no = there.sentence_no
    join marts.facts as mate on mate.observation_id = here_too.observation_id
    join marts.facts as other_mate on other_mate.observation_id = there_too.observation_id
    where mate.indicator_id <> sources.indicator_id
        and other_mate.indicator_id = mate.indicator_id
        and other_mate.residence = mate.residence
        and other_mate.value = mate.value
        and mate.value >= case when mate.subject = sources.subject then 10 else 100 end
        and mate.measure <> 'ratio'
        and (here.document_id, here.sentence_no) <> (there.document_id, there.sentence_no)
),

-- 集中供养172人, 年标准2586元; 分散供养381人, 年标准1842元: whom a sentence is of.
groups as (
    select
        context.document_id,
        context.sentence_no,
        string_agg(distinct facts.subgroup, ',' order by facts.subgroup) as subgroups
    from core.contexts as context
    join marts.facts as facts on facts.observation_id = context.observation_id
    group by context.document_id, context.sentence_no
),

-- Parts of two wholes of different size: 检查168家(甲110家), 合格163家(甲104家).
lists as (
    select part_id, any_value(whole_value) as whole_value
    from audit.parts_and_wholes
    where cue in ('of_which', 'brackets')
    group by part_id
),

-- The words around each: of one name are figures of the same subject word that are counted alike and no parts of
-- anything; of one thing those that stand in two sentences and in no common table, where the same words lead to both
-- or both are of the whole area and name the same thing.
worded as (
    select
        sources.*,
        mates.chosen_id is not null as has_mates,
        sources.observation_id not in (select part_id from inner_parts)
        and sources.chosen_id not in (select part_id from inner_parts)
        and (part_of.whole_value = chosen_of.whole_value) is not false
        and (
            here.counter = there.counter
            -- 能存放8000具 and 三个项目: 个 goes for anything, and the word behind it says for what.
            or (here.counter = '' and (here.thing = '' or prefix(here.thing, left(read.subject_word, 2))))
            or (there.counter = '' and (there.thing = '' or prefix(there.thing, left(chosen.subject_word, 2))))
        ) as alike,
        (read.subject_word is not distinct from chosen.subject_word)
        or (here.bare_head = there.bare_head and length(here.bare_head) >= 3) as one_name,
        contains(read.subject_word, chosen.subject_word)
        or contains(chosen.subject_word, read.subject_word) as one_word,
        read.table_id is null as in_prose,
        -- 党组织覆盖社会组织292个 beside 社会组织337个, 当天登记186对 beside 结婚登记3862对: what is said of one beyond the
        -- name of the thing makes it another one: in characters.
        case
            when regexp_replace(here.bare_head, '[0-9 ]', '', 'g') <> regexp_replace(there.bare_head, '[0-9 ]', '', 'g')
                then greatest(
                        length(replace(here.bare_head, read.subject_word, '')),
                        length(replace(there.bare_head, chosen.subject_word, ''))
                    )
            else 0
        end as said_otherwise,
        coalesce(here.acts, false) or here.says_average <> there.says_average as of_some,
        -- 全年火化遗体 and 县殡仪馆全年火化遗体, or both of the whole area and nothing said but what they are.
        coalesce(
            not (coalesce(here.draws, false) or coalesce(there.draws, false))
            and not (here.singled_out or there.singled_out)
            and (here_groups.subgroups = there_groups.subgroups) is not false
            -- 为1327名特困人员发放低保金1036万元: money that is said of others than its words name.
            and not (sources.measure in ('ratio', 'expenditure') and here.place + there.place > 2)
            and (
                (
                    least(length(here.bare_head), length(there.bare_head)) >= 3
                    and (
                        suffix(here.bare_head, there.bare_head) or suffix(there.bare_head, here.bare_head)
                        or prefix(here.bare_head, there.bare_head) or prefix(there.bare_head, here.bare_head)
                    )
                )
                or (
                    here.said_of_area and there.said_of_area
                    and (
                        one_word
                        or (here.bare_head = read.subject_word and there.bare_head = chosen.subject_word)
                    )
                )
            ),
            false
        ) as named_alike,
        (here.document_id, here.sentence_no) <> (there.document_id, there.sentence_no)
        and (read.table_id is null or (read.table_id is distinct from chosen.table_id)) as said_apart,
        coalesce(
            (here.document_id, here.sentence_no) <> (there.document_id, there.sentence_no)
            and (read.table_id is null or (read.table_id is distinct from chosen.table_id))
            and not (coalesce(here.draws, false) or coalesce(there.draws, false))
            and here.bare_head = there.bare_head
            and (here_groups.subgroups = there_groups.subgroups) is not false
            and (
                length(here.bare_head) >= 3
                -- 孤儿28人: nothing is said but what they are.
                or (
                    (here.said_of_area or there.said_of_area)
                    and here.bare_head = read.subject_word
                )
                or (
                    here.said_of_area and there.said_of_area
                    and length(here.thing) >= 2 and left(here.thing, 2) = left(there.thing, 2)
                )
            ),
            false
        ) as one_thing
    from sources
    join core.contexts as here on here.observation_id = sources.observation_id
    join core.contexts as there on there.observation_id = sources.chosen_id
    join core.observations as read on read.observation_id = sources.observation_id
    join core.observations as chosen on chosen.observation_id = sources.chosen_id
    left join mates on mates.observation_id = sources.observation_id and mates.chosen_id = sources.chosen_id
    left join lists as part_of on part_of.part_id = sources.observation_id
    left join lists as chosen_of on chosen_of.part_id = sources.chosen_id
    left join groups as here_groups
        on here_groups.document_id = here.document_id and here_groups.sentence_no = here.sentence_no
    left join groups as there_groups
        on there_groups.document_id = there.document_id and there_groups.sentence_no = there.sentence_no
),

compared as (
    select
        *,
        abs(value - chosen_value)
        <= greatest(
            (rounding + chosen_rounding) / 2 + 1e-9 * abs(chosen_value),
            case when comparator = '=' and chosen_comparator = '=' then 0 else 0.1 * abs(chosen_value) end
        )
        and value_high is null as same_value,
        -- Figures far apart are rather of two things than a slip, but for a decimal point or digits in another order.
        value / nullif(chosen_value, 0) between 0.8 and 1.25
        or abs(abs(log10(nullif(value / nullif(chosen_value, 0), 0))) - 1) < 0.003 as is_near,
        -- Of what no bigint holds the digits are not looked at: no number may end a run.
        coalesce(
            value >= 10
            and list_sort(string_split(try_cast(value as bigint)::varchar, ''))
            = list_sort(string_split(try_cast(chosen_value as bigint)::varchar, '')),
            false
        ) as digits_moved
    from worded
),

standing as (
    select
        *,
        case
            when observation_id = chosen_id then 'chosen'
            -- Those of one group who draw a benefit are not all who do, nor are those that something was done with;
            -- what may be granted is not what was.
            when list_has_any(doubts, ['of_a_group', 'acted_on', 'only_bound', 'may_be_granted']) then 'other_thing'
            when same_value then 'same_value'
            when scope = chosen_scope and not alike then 'other_thing'
            -- 比上年增长 names nothing that grew.
            when change = 'delta' then 'other_thing'
            when scope = chosen_scope and not (one_name or one_word or named_alike or has_mates) then 'other_thing'
            -- 改造牛家、山河2所敬老院: some of those in the region, and none of another place.
            when scope <> chosen_scope
                and in_prose
                and (of_some or not (one_name or one_word or named_alike or has_mates))
                then 'other_thing'
            when scope <> chosen_scope or (place is distinct from chosen_place) then 'other_place'
            when superseded then 'older_version'
            when in_prose and not has_mates and not digits_moved
                and (of_some or measure = 'ratio' or not flow)
                and ((said_otherwise >= 2 and not is_near) or (said_otherwise >= 4 and not named_alike))
                then 'other_thing'
            -- 机构、散居分别不低于3050元和2440元: of two things, or one sentence would not give both.
            when (comparator <> '=' or chosen_comparator <> '=') and not said_apart then 'other_thing'
            when has_mates
                and report_id = chosen_report
                and comparator = '='
                and chosen_comparator = '='
                and (months is null or chosen_months is null or months = chosen_months)
                and (period_end is null or chosen_as_of is null or period_end = chosen_as_of)
                then 'differs'
            -- What names no day is of the day that its own report names beside it.
            when report_id = chosen_report
                and not flow
                and (period_end is null or chosen_as_of is null)
                and alike and one_name and one_thing
                and (is_near or digits_moved)
                and comparator = '=' and chosen_comparator = '='
                then 'differs'
            -- What names no time is of the whole year, or as of its end.
            when coalesce(months, 12) <> coalesce(chosen_months, 12)
                or coalesce(period_end, make_date(year, 12, 31)) <> coalesce(chosen_as_of, make_date(year, 12, 31))
                then 'other_period'
            when comparator <> '=' or chosen_comparator <> '=' or value_high is not null then 'bound_or_range'
            -- Two reports of one year were written at different times, and stocks move on in between.
            when report_id <> chosen_report and chosen_as_of is null then 'other_report'
            when alike and one_name and one_thing then 'differs'
            when said_apart and named_alike and (is_near or digits_moved) then 'differs'
            when said_apart and one_word and digits_moved then 'differs'
            else 'other_thing'
        end as standing
    from compared
)

select
    observation_id,
    chosen_id,
    region_code,
    year,
    indicator_id,
    standing,
    -- Parts contradict nothing (the towns beside their county), nor do the months beside their quarter, or a bound.
    standing in ('differs', 'other_report', 'older_version') as contradicts,
    value,
    round(value - chosen_value, 6) as difference
from standing
order by region_code, year, indicator_id, chosen_id, observation_id
