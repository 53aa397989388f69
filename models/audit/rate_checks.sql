-- Do rates follow from their own figures? One row for each share (持证率, 占…%) and each average (人均, 次均) beside
-- which figures stand that it could have been worked out from, whether it holds or not.
with figures as (
    select
        context.document_id,
        context.position,
        context.paragraph_no,
        context.sentence_no,
        context.place,
        context.says_share,
        context.says_average,
        context.says_done,
        context.says_rate,
        -- 应检45家, 年度任务60户: what was to be done.
        context.due or facts.status = 'target' as due,
        context.bare_head,
        context.named_ids,
        -- 台, 具, 家...: what is counted in different words is no part of the other, but 个 goes for anything.
        context.counter,
        facts.observation_id,
        facts.report_id,
        facts.region_code,
        facts.year,
        facts.status,
        facts.measure,
        facts.unit,
        facts.unit_read,
        facts.value,
        facts.rounding,
        facts.written,
        facts.comparator = '=' and facts.value_high is null as exact
    from core.contexts as context
    join marts.facts as facts on facts.observation_id = context.observation_id
    where facts.change <> 'delta'
),

rates as (
    select
        figures.*,
        case when figures.unit = '%' then 'share' else 'average' end as kind,
        units.average_of,
        units.average_per
    from figures
    left join ref.units as units on units.unit = figures.unit_read
    where figures.status = 'actual'
        and figures.exact
        and (
            (figures.measure = 'ratio' and figures.unit = '%' and figures.says_share)
            or (units.average_of is not null and figures.says_average)
        )
),

-- The dozen figures before a rate and the few after it, in the same sentence or the one before.
places as (
    select
        observation_id as rate_id,
        document_id,
        paragraph_no,
        sentence_no,
        place,
        status,
        unnest(range(position - 12, position + 4)) as position
    from rates
),

neighbours as (
    select
        places.rate_id,
        figures.observation_id,
        figures.due,
        figures.status,
        figures.measure,
        figures.unit,
        figures.value,
        figures.rounding,
        figures.counter,
        places.sentence_no - figures.sentence_no as sentences_back,
        places.place - figures.place as figures_back
    from places
    join figures
        on figures.document_id = places.document_id
        and figures.position = places.position
        and figures.paragraph_no = places.paragraph_no
        and (figures.status = places.status or figures.status = 'target')
    where figures.exact
        and figures.value > 0
        and figures.measure not in ('ratio', 'standard', 'average', 'duration', 'ranking')
        and places.sentence_no - figures.sentence_no between 0 and 1
),

-- What may stand above the line: best a figure that the rate names, or that stands right before 占. Others of the same
-- sentence can bear a rate out, but not bring it into doubt; nor can what was due (应检, 符合条件).
numerators as (
    select
        rates.observation_id as rate_id,
        neighbours.observation_id as numerator_id,
        neighbours.unit,
        neighbours.measure,
        neighbours.value,
        neighbours.rounding,
        neighbours.counter,
        rates.says_done,
        -- 占, 集中供养率: a share that names no whole of its own. 其中65岁以上552万人, 占14% is of the whole population.
        length(rates.bare_head) <= 5
        and (rates.says_rate or neighbours.measure <> 'persons') as names_no_whole,
        -- 应检45家, 实检43家, 参检率95.6%: of what was due, the last figure that was not.
        case
            when rates.says_done
                then neighbours.figures_back = min(neighbours.figures_back) over (
                        partition by rates.observation_id, neighbours.unit
                    )
            else list_contains(rates.named_ids, neighbours.observation_id)
        end as is_named
    from rates
    join neighbours on neighbours.rate_id = rates.observation_id
    where rates.kind = 'share'
        and neighbours.sentences_back = 0
        and neighbours.figures_back > 0
        and neighbours.status = 'actual'
        and not (rates.says_done and neighbours.due)
),

share_pairs as (
    select
        numerators.rate_id,
        numerators.numerator_id,
        denominators.observation_id as denominator_id,
        -- How much was done is told of what was due, not of all that there is.
        numerators.is_named and (denominators.due or not numerators.says_done) as is_named,
        numerators.names_no_whole and relation.part_id is not null as is_part,
        100 * numerators.value / denominators.value as expected,
        100 * numerators.value / denominators.value * (
            numerators.rounding / 2 / numerators.value + denominators.rounding / 2 / denominators.value
        ) as slack
    from numerators
    join neighbours as denominators
        on denominators.rate_id = numerators.rate_id
        and denominators.unit = numerators.unit
        and denominators.measure = numerators.measure
    left join audit.parts_and_wholes as relation
        on relation.part_id = numerators.numerator_id
        and relation.whole_id = denominators.observation_id
        and relation.cue = 'of_which'
    where denominators.observation_id <> numerators.numerator_id
        and (denominators.value >= numerators.value or (numerators.says_done and denominators.due))
        and (denominators.status = 'actual' or numerators.says_done)
        and (
            denominators.counter = numerators.counter
            or '' in (denominators.counter, numerators.counter)
        )
),

-- 初婚2874对, 再婚1139对, 占28.4%: of both together.
share_of_both as (
    select
        numerators.rate_id,
        numerators.numerator_id,
        others.observation_id as denominator_id,
        false as is_named,
        false as is_part,
        100 * numerators.value / (numerators.value + others.value) as expected,
        0 as slack
    from numerators
    join neighbours as others
        on others.rate_id = numerators.rate_id
        and others.unit = numerators.unit
        and others.measure = numerators.measure
    where others.observation_id <> numerators.numerator_id
),

average_pairs as (
    select
        rates.observation_id as rate_id,
        money.observation_id as numerator_id,
        heads.observation_id as denominator_id,
        -- 住院3870人次, 门诊1126人次, 支出...: which of them the money is for cannot be told.
        count(heads.observation_id) over (partition by rates.observation_id) = 1 as is_named,
        false as is_part,
        money.value / heads.value as expected,
        money.value / heads.value * (money.rounding / 2 / money.value + heads.rounding / 2 / heads.value) as slack
    from rates
    join neighbours as money on money.rate_id = rates.observation_id and money.unit = rates.average_of
    join neighbours as heads on heads.rate_id = rates.observation_id
    where rates.kind = 'average'
        and money.sentences_back = 0
        and heads.sentences_back = 0
        -- Person-times of a monthly benefit are months of people.
        and list_contains(rates.average_per, heads.unit)
),

-- Any pair that fits will do: a rate is doubted only where none does.
measured as (
    select
        pairs.*,
        -- One in the last place of the rate, for many cut off instead of rounding, and what the figures leave open.
        -- An average may have been worked out before the money was rounded: half a per cent.
        greatest(rates.rounding, case when rates.unit = '%' then 0.1 else 0.005 * rates.value end) + pairs.slack
            as tolerance,
        abs(pairs.expected - rates.value) as gap
    from (
        select rate_id, numerator_id, denominator_id, is_named, is_part, expected, slack from share_pairs
        union all
        select rate_id, numerator_id, denominator_id, is_named, is_part, expected, slack from share_of_both
        union all
        select rate_id, numerator_id, denominator_id, is_named, is_part, expected, slack from average_pairs
    ) as pairs
    join rates on rates.observation_id = pairs.rate_id
),

-- Any pair that fits will do: a rate is doubted only where none does.
best as (
    select
        rate_id,
        arg_min(numerator_id, in_order) as numerator_id,
        arg_min(denominator_id, in_order) as denominator_id,
        arg_min(expected, in_order) as expected,
        arg_min(tolerance, in_order) as tolerance,
        arg_min(is_part, in_order) as is_part,
        count(numerator_id) as n_pairs
    from (select *, row(gap - tolerance, numerator_id, denominator_id) as in_order from measured) as pairs
    where is_named
        or gap <= tolerance
    group by rate_id
)

select
    rates.observation_id as rate_id,
    best.numerator_id,
    best.denominator_id,
    rates.kind,
    rates.unit,
    rates.value as stated,
    best.expected,
    best.tolerance,
    rates.written as rate_written,
    numerator.written as numerator_written,
    denominator.written as denominator_written,
    best.n_pairs,
    case
        when abs(rates.value - best.expected) <= best.tolerance then 'holds'
        -- More than all is said of a task (完成率200%), not of the figures beside it, of which one is within the other or
        -- far from being done.
        when rates.kind = 'share' and rates.value > 100 and (not rates.says_done or best.expected < 50) then 'unclear'
        -- A rate far from every pair is likely of other figures, unless it is off by a power of ten, or stands right
        -- behind a part of a whole.
        when not best.is_part
            and rates.value / best.expected not between 0.67 and 1.5
            and (
                rates.value = 0
                or abs(log10(rates.value / best.expected) - round(log10(rates.value / best.expected))) > 0.01
            )
            then 'unclear'
        else 'does_not_follow'
    end as result,
    rates.region_code,
    rates.year,
    rates.report_id,
    rates.document_id
from best
join rates on rates.observation_id = best.rate_id
join marts.facts as numerator on numerator.observation_id = best.numerator_id
join marts.facts as denominator on denominator.observation_id = best.denominator_id
order by rates.document_id, rates.position
