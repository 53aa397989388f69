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

-- Beyond these no region of the level has ever been: the populations of the largest ones at the 2020 census, rounded
-- up (Guangdong, Chongqing's prefecture-like size, the largest county-level city and town), and what follows of them.
largest (level, people, yuan) as (
    values
    ('country', 1.45e9, 3e12), ('province', 1.3e8, 4e11), ('prefecture', 3.3e7, 1e11), ('county', 3e6, 1e10),
    ('town', 1e6, 1e9)
),

-- What the world knows of a value: why it may be misread, though it stays as it was read.
doubted as (
    select
        scaled.observation_id,
        list_filter(
            [
                case
                    when scaled.measure = 'persons' and scaled.corrected_value > largest.people
                        then 'above_population'
                end,
                case
                    when scaled.measure = 'households' and scaled.corrected_value > largest.people / 2
                        then 'above_population'
                end,
                case
                    when scaled.measure in ('expenditure', 'investment') and scaled.corrected_value > largest.yuan
                        then 'beyond_budget'
                end,
                case
                    when scaled.change = 'level'
                        and scaled.unit = indicators.unit
                        and scaled.corrected_value
                        not between coalesce(indicators.plausible_min, -1e300)
                        and coalesce(indicators.plausible_max, 1e300)
                        then 'out_of_range'
                end
            ],
            lambda code: code is not null
        ) as doubts
    from scaled
    left join ref.regions as regions on regions.region_code = scaled.of_region
    left join largest on largest.level = regions.level
    left join ref.indicators as indicators on indicators.indicator_id = scaled.indicator_id
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
