-- What does not hold together in the reports. One row a finding, with the figures involved and a sentence in
-- Chinese. Nothing is repaired here: a finding says where to look. The rules know no report; they work on figures
-- of one sentence, one report or one key, and allow for the rounding with which the figures were written.
with sums as (
    select
        case when result = 'part_over_whole' then 'part_over_whole' else 'parts_and_total' end as kind,
        case when complete or result = 'part_over_whole' then 'high' else 'medium' end as severity,
        [whole_id] || part_ids as observation_ids,
        whole_value as stated,
        parts_sum as expected,
        case
            when result = 'part_over_whole' and n_parts = 1
                then '部分大于整体：“' || parts_written || '”列在“' || whole_written || '”之中，却比它大'
            when result = 'part_over_whole'
                then '部分大于整体：“' || parts_written || '”列在“' || whole_written || '”之中，其中有一项比整体还大'
            else '分项与合计不符：' || parts_written || '＝'
                || case
                    when unit = '元' and parts_sum >= 10000
                        then regexp_replace(round(parts_sum / 10000, 4)::varchar, '[.]0$', '') || '万元'
                    else regexp_replace(round(parts_sum, 4)::varchar, '[.]0$', '') || coalesce(unit, '')
                end || '，而合计写作“' || whole_written || '”，'
                || case when parts_sum > whole_value then '分项多出' else '分项少' end
                || case
                    when unit = '元' and abs(difference) >= 10000
                        then regexp_replace(round(abs(difference) / 10000, 4)::varchar, '[.]0$', '') || '万元'
                    else regexp_replace(round(abs(difference), 4)::varchar, '[.]0$', '') || coalesce(unit, '')
                end
        end as explanation
    from audit.sum_checks
    where result in ('does_not_add_up', 'exceeds_whole', 'part_over_whole')
),

-- 检查168家(甲110家, 乙58家), 其中合格163家(甲104家, 乙59家): a part of the part against the part of the whole.
nested as (
    select
        'part_over_whole' as kind,
        'high' as severity,
        [inner_part.part_id, outer_part.part_id] as observation_ids,
        inner_part.part_value as stated,
        outer_part.part_value as expected,
        '部分大于整体：“' || link.part_written || '”是“' || link.whole_written || '”的一部分，但其中“'
        || inner_part.label || inner_part.part_written || '”多于“' || outer_part.label || outer_part.part_written
        || '”' as explanation
    from audit.parts_and_wholes as link
    join audit.parts_and_wholes as inner_part on inner_part.whole_id = link.part_id
    join audit.parts_and_wholes as outer_part on outer_part.whole_id = link.whole_id
    where inner_part.label = outer_part.label
        and inner_part.label <> ''
        and inner_part.part_id <> outer_part.part_id
        and inner_part.cue = outer_part.cue
        and inner_part.part_value > outer_part.part_value
        and link.at_once
),

rates as (
    select
        'rate' as kind,
        case
            when kind = 'share' and abs(stated - expected) >= 1 then 'high'
            when kind = 'average' and abs(stated / expected - 1) >= 0.05 then 'high'
            else 'medium'
        end as severity,
        [rate_id, numerator_id, denominator_id] as observation_ids,
        stated,
        expected,
        case
            when kind = 'share'
                then '比率与自身数字不符：“' || numerator_written || '”占“' || denominator_written || '”的'
                    || round(expected, 2)::varchar || '%，而文中写作“' || rate_written || '”'
            else '平均数与自身数字不符：“' || numerator_written || '”除以“' || denominator_written || '”得'
                || round(expected, 2)::varchar || '元，而文中写作“' || rate_written || '”'
        end as explanation
    from audit.rate_checks
    where result = 'does_not_follow'
),

repeated as (
    select
        kind,
        case when power_of_ten then 'high' when kind = 'same_key' then 'medium' else 'low' end as severity,
        [other_id, first_id] as observation_ids,
        other_value as stated,
        first_value as expected,
        '同一事项前后不一：“' || thing || '”（' || coalesce(year || '年', '年份不详')
        || case residence when 'urban' then '，城市' when 'rural' then '，农村' else '' end
        || coalesce('，' || subgroup, '') || '）一处写作“' || first_written || '”，另一处写作“' || other_written
        || '”' as explanation
    from audit.repeated_figures
),

-- A value of one region out of line with its own other years by a power of ten.
series as (
    select
        facts.observation_id,
        facts.value,
        facts.written,
        best.indicator_zh,
        best.year,
        count(facts.value) over one_series as n_years,
        median(facts.value) over one_series as usual
    from marts.indicators_by_region_year as best
    join marts.facts as facts on facts.observation_id = best.observation_id
    where best.status = 'actual'
        and best.scope = 'region'
        and best.change = 'level'
        and best.value > 0
        and coalesce(best.months, 12) = 12
        and facts.measure not in ('ratio', 'ranking', 'duration')
    window one_series as (
        partition by best.region_code, best.indicator_id, best.residence, best.subgroup, best.unit
    )
),

magnitude as (
    select
        'magnitude' as kind,
        'medium' as severity,
        [observation_id] as observation_ids,
        value as stated,
        usual as expected,
        '数量级异常：' || year || '年“' || coalesce(indicator_zh, '') || '”为“' || written || '”，是该地区各年中位数的'
        || case
            when value >= usual then regexp_replace(round(value / usual, 1)::varchar, '[.]0$', '') || '倍'
            else round(value / usual, 4)::varchar || '倍'
        end || '，可能多写、漏写“万”或错了小数点' as explanation
    from series
    where n_years >= 3
        and least(value, usual) >= 20
        and abs(log10(value / usual)) >= 0.85
        and abs(log10(value / usual) - round(log10(value / usual))) <= 0.15
),

-- Spending per head far from what the benefit pays.
paid as (
    select
        region_code,
        year,
        subject,
        min(yuan_per_person_month) as lowest,
        max(yuan_per_person_month) as highest
    from marts.benefit_standards
    where yuan_per_person_month is not null
        and status <> 'target'
        and scope = 'region'
        -- 单人每月最高抵扣800元 is what nobody gets more than.
        and comparator in ('=', '~')
    group by region_code, year, subject
),

per_head as (
    select
        'magnitude' as kind,
        'medium' as severity,
        [delivery.expenditure_observation_id, delivery.persons_observation_id] as observation_ids,
        delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 12) as stated,
        case
            when delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 12)
                > 8 * coalesce(paid.highest, 0)
                then coalesce(paid.highest, indicators.plausible_max)
            else coalesce(paid.lowest, indicators.plausible_min)
        end as expected,
        '人均支出异常：' || delivery.year || '年' || delivery.subject_zh || '支出“' || money.written || '”、对象“'
        || people.written || '”，合每人每月约'
        || round(delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 12), 2)::varchar
        || '元，与标准相差悬殊，可能有一处漏写或多写“万”' as explanation
    from marts.benefit_delivery as delivery
    join ref.indicators as indicators on indicators.indicator_id = delivery.subject || '.standard'
    join marts.facts as money on money.observation_id = delivery.expenditure_observation_id
    join marts.facts as people on people.observation_id = delivery.persons_observation_id
    join core.contexts as money_place on money_place.observation_id = money.observation_id
    join core.contexts as people_place on people_place.observation_id = people.observation_id
    left join paid
        on paid.region_code = delivery.region_code
        and paid.year = delivery.year
        and paid.subject = delivery.subject
    where delivery.expenditure_yuan > 0
        and delivery.persons > 0
        -- Help that is given once has no month.
        and delivery.subject not in (
            select subject from ref.subjects
            where given_once
        )
        and people.observation_id not in (
            select observation_id from marts.indicators_by_region_year
            where list_contains(doubts, 'below_its_part')
        )
        -- Only where the money is said beside the people that it was paid to.
        and money_place.document_id = people_place.document_id
        and money_place.paragraph_no = people_place.paragraph_no
        and abs(money_place.position - people_place.position) <= 3
        -- Months unknown: the money was paid for one month at least and for twelve at most.
        and (
            delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 12)
            > 8 * coalesce(paid.highest, indicators.plausible_max)
            or delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 1)
            < coalesce(paid.lowest, indicators.plausible_min) / 8
        )
),

direction as (
    select
        'direction' as kind,
        'high' as severity,
        [changes.observation_id, changes.before_observation_id] as observation_ids,
        value as stated,
        value_before as expected,
        '增减方向不符：由“' || written_before || '”到“' || written || '”是'
        || case when value < value_before then '下降，文中却称提高或增加' else '上升，文中却称下降或减少' end as explanation
    from marts.changes as changes
    join core.contexts as context on context.observation_id = changes.observation_id
    where kind = 'from_to'
        -- A rank rises when its number falls.
        and indicator_id not like '%.ranking'
        and not context.ranked
        and ((changes.called = 'rise' and value < value_before) or (changes.called = 'fall' and value > value_before))
),

growth as (
    select
        'growth' as kind,
        'low' as severity,
        [changes.stated_observation_id, changes.observation_id, changes.before_observation_id] as observation_ids,
        changes.stated_percent as stated,
        changes.percent as expected,
        '增幅与数值不符：由“' || changes.written_before || '”到“' || changes.written || '”增长' || changes.percent::varchar
        || '%，而文中写作“' || changes.stated_written || '”' as explanation
    from marts.changes as changes
    join marts.facts as before on before.observation_id = changes.before_observation_id
    join marts.facts as now on now.observation_id = changes.observation_id
    where changes.kind = 'growth_given'
        -- Of two values of one sentence no more than their rounding; what another report said may have been revised.
        and abs(changes.stated_percent - changes.percent) > case
            when before.document_id = now.document_id and before.status = 'prior'
                then 1 + 50 * (now.rounding + before.rounding * now.value / before.value) / before.value
            else greatest(1, 0.1 * abs(changes.percent))
        end
),

standards as (
    select
        'standard_range' as kind,
        'medium' as severity,
        [best.observation_id] as observation_ids,
        best.yuan_per_person_month as stated,
        case
            when best.yuan_per_person_month < indicators.plausible_min then indicators.plausible_min
            else indicators.plausible_max
        end as expected,
        '标准不合常理：' || best.year || '年“' || best.standard_zh || '”写作“' || best.written || '”，合每人每月'
        || regexp_replace(best.yuan_per_person_month::varchar, '[.]0$', '') || '元，超出常见范围（'
        || regexp_replace(indicators.plausible_min::varchar, '[.]0$', '') || '至'
        || regexp_replace(indicators.plausible_max::varchar, '[.]0$', '') || '元）' as explanation
    from marts.benefit_standards as best
    join ref.indicators as indicators on indicators.indicator_id = best.subject || '.standard'
    where best.yuan_per_person_month not between indicators.plausible_min and indicators.plausible_max
),

periods as (
    select
        'period' as kind,
        'medium' as severity,
        [observation_id] as observation_ids,
        null::double as stated,
        null::double as expected,
        case
            when period_start > period_end
                then '期间有误：“' || written || '”所指期间的起始日晚于截止日'
            else '期间有误：“' || written || '”所指期间截至' || strftime(period_end, '%Y年%-m月') || '，晚于报告发布的'
                || strftime(published_on, '%Y年%-m月')
        end as explanation
    from marts.facts
    where period_start > period_end
        or (
            status = 'actual'
            and observation_id not in (
                select observation_id from core.contexts
                where deadline
            )
            and period_end > last_day(published_on)
            -- A standard may be announced before it takes effect, and whole years may stand for those so far.
            and measure <> 'standard'
            and not (
                strftime(period_end, '%m-%d') = '12-31'
                and (strftime(period_start, '%m-%d') = '01-01' or year(period_start) < year(period_end)) is true
            )
        )
),

findings as (
    select kind, severity, observation_ids, stated, expected, explanation from sums
    union all
    select kind, severity, observation_ids, stated, expected, explanation from nested
    union all
    select kind, severity, observation_ids, stated, expected, explanation from rates
    union all
    select kind, severity, observation_ids, stated, expected, explanation from repeated
    union all
    select kind, severity, observation_ids, stated, expected, explanation from magnitude
    union all
    select kind, severity, observation_ids, stated, expected, explanation from per_head
    union all
    select kind, severity, observation_ids, stated, expected, explanation from direction
    union all
    select kind, severity, observation_ids, stated, expected, explanation from growth
    union all
    select kind, severity, observation_ids, stated, expected, explanation from standards
    union all
    select kind, severity, observation_ids, stated, expected, explanation from periods
),

identified as (
    select
        -- The same finding keeps its id from release to release, as long as its observations do.
        md5(kind || ':' || array_to_string(list_sort(observation_ids), ',')) as finding_id,
        *
    from findings
),

-- 新建10个, 其中已建成6个, 剩余5个: what two rules say of the same figures is said once.
named as (
    select
        *,
        row_number() over (
            partition by finding_id order by array_position(['high', 'medium', 'low'], severity), explanation
        ) as times
    from identified
),

evidence as (
    select
        involved.finding_id,
        string_agg(read.written, ' | ' order by involved.ordinal) as figures,
        string_agg(distinct read.quote, ' | ' order by read.quote) as quotes
    from (
        select finding_id, unnest(observation_ids) as observation_id, generate_subscripts(observation_ids, 1) as ordinal
        from named
        where times = 1
    ) as involved
    join core.observations as read on read.observation_id = involved.observation_id
    group by involved.finding_id
)

select
    named.finding_id,
    named.kind,
    named.severity,
    named.explanation || '。' as explanation,
    evidence.figures,
    evidence.quotes,
    named.stated,
    named.expected,
    doubted.region_code,
    regions.full_name as region,
    doubted.year,
    doubted.indicator_id,
    doubted.observation_id,
    named.observation_ids,
    doubted.report_id,
    doubted.document_id
from named
join evidence on evidence.finding_id = named.finding_id
join marts.facts as doubted on doubted.observation_id = named.observation_ids[1]
left join ref.regions as regions on regions.region_code = doubted.region_code
where named.times = 1
order by doubted.region_code, doubted.year, doubted.report_id, named.kind, named.finding_id
