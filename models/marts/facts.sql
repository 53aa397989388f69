-- Every observation that counts, in units that can be compared, with the reviewed corrections applied.
-- One row an observation of a report that is no copy of another. All other marts start here.
with counted as (
    select
        o.*,
        r.published_on,
        r.genre,
        r.year as report_year,
        r.region_code as report_region,
        -- A named part that is a division of the country is a region of its own.
        coalesce(o.place_code, o.region_code) as of_region,
        r.superseded_by is not null as superseded,
        i.over_time = 'sum' or o.change in ('added', 'removed') as flow,
        c.correction_id,
        c.action as correction_action,
        c.reason as correction_reason,
        -- A yearly or quarterly rate is brought to the month; 元/月 of a benefit is paid to a person.
        case
            when o.measure in ('standard', 'average') and (coalesce(i.benefit, false) or not u.of_benefits)
                then u.comparable_unit
        end as comparable_unit,
        u.months as months_of_unit,
        case when c.action = 'override' then c.value else o.value end as corrected_value
    from core.observations as o
    join core.reports as r on r.report_id = o.report_id
    left join ref.indicators as i on i.indicator_id = o.indicator_id
    left join ref.units as u on u.unit = o.unit
    left join core.corrections as c on c.observation_id = o.observation_id and c.state = 'applied'
    where r.duplicate_of is null
        and c.action is distinct from 'drop'
),

scaled as (
    select
        *,
        case when comparable_unit is null then 1.0 else 1.0 / months_of_unit end as factor
    from counted
),

-- Residents of each region where they are known, the most of all counts.
residents as (
    select
        region_code,
        max(population) as people
    from ref.population
    group by region_code
),

-- What the world knows of a value: why it may be misread, though it stays as it was read.
bounded as (
    select
        scaled.observation_id,
        scaled.measure,
        scaled.corrected_value as value,
        -- Of a county or city whose residents are not known: no more than live in those above it; some have grown.
        least(
            any_level.most,
            1.3 * coalesce(own.people, above.people, province.people)
            / case when scaled.measure = 'households' then 2 else 1 end
        ) as most_people,
        any_level.most as most_of_level,
        one_subject.most as most_of_subject,
        -- A whole region has at least so many; a group, a part or a part of the year may have fewer.
        case
            when scaled.scope = 'region'
                and scaled.residence = 'total'
                and scaled.subgroup is null
                and scaled.status = 'actual'
                and (not scaled.flow or scaled.period_start is null)
                then one_subject.least
        end as least_of_subject,
        -- 引导286名志愿者, 完成1679个村的改造: those that something was done with are not all that there are.
        indicators.headline is not null
        and indicators.over_time = 'last'
        and not indicators.benefit
        and scaled.measure in ('count', 'persons')
        and scaled.change = 'level'
        and scaled.scope = 'region'
        and not context.said_of_area
        and (
            context.acts
            or (scaled.measure = 'count' and context.thing not in ('', scaled.subject_word))
        ) as acted_on,
        case when scaled.unit = indicators.unit then indicators.plausible_min end as plausible_min,
        case when scaled.unit = indicators.unit then indicators.plausible_max end as plausible_max,
        scaled.change
    from scaled
    left join core.contexts as context on context.observation_id = scaled.observation_id
    left join ref.regions as regions on regions.region_code = scaled.of_region
    left join ref.plausible_ranges as any_level
        on any_level.level = regions.level
        and any_level.measure = scaled.measure
        and any_level.subject = ''
    left join ref.plausible_ranges as one_subject
        on one_subject.level = regions.level
        and one_subject.measure = scaled.measure
        and one_subject.subject = scaled.subject
    left join residents as own on own.region_code = scaled.of_region
    left join residents as above on above.region_code = left(scaled.of_region, 4) || '00'
    left join residents as province on province.region_code = left(scaled.of_region, 2) || '0000'
    left join ref.indicators as indicators on indicators.indicator_id = scaled.indicator_id
),

doubted as (
    select
        observation_id,
        list_filter(
            [
                case
                    when measure in ('persons', 'households') and value > most_people then 'above_population'
                    when measure in ('expenditure', 'investment') and value > most_of_level then 'beyond_budget'
                    when value > most_of_level or value > most_of_subject then 'beyond_level'
                end,
                case when acted_on then 'acted_on' end,
                case when change = 'level' and value < least_of_subject then 'below_level' end,
                case
                    when change = 'level'
                        and value not between coalesce(plausible_min, -1e300) and coalesce(plausible_max, 1e300)
                        then 'out_of_range'
                end
            ],
            lambda code: code is not null
        ) as doubts
    from bounded
)

select
    scaled.observation_id,
    report_id,
    document_id,
    of_region as region_code,
    year,
    indicator_id,
    subject,
    measure,
    change,
    residence,
    subgroup,
    status,
    case when place_code <> report_region then 'region' else scope end as scope,
    place,
    comparator,
    corrected_value * factor as value,
    value_high * factor as value_high,
    coalesce(comparable_unit, unit) as unit,
    -- A plain count is exact; a share, a decimal or a number with 万 is known to its last place only.
    case when last_place = 1 and unit <> '%' then 0 else last_place * factor end as rounding,
    value as value_read,
    unit as unit_read,
    written,
    flow,
    period_start,
    period_end,
    -- Months that a flow covers; a flow "as of" a month runs from January. Null where the text does not say.
    case
        when not flow or period_end is null then null
        when period_start is not null then datediff('month', period_start, period_end) + 1
        when year(period_end) = year then month(period_end)
    end as months,
    of_region = report_region as own_report,
    superseded,
    published_on,
    genre,
    report_year,
    confidence,
    -- A reviewed value is sure; what the world doubts is never more than doubtful.
    case
        when correction_action = 'override' then 'sure'
        when len(doubted.doubts) > 0 then 'doubtful'
        when confidence >= 0.97 then 'sure'
        when confidence >= 0.85 then 'likely'
        else 'doubtful'
    end as trust,
    doubted.doubts,
    len(flags) as n_flags,
    correction_id,
    correction_action || ': ' || correction_reason as correction
from scaled
join doubted on doubted.observation_id = scaled.observation_id
