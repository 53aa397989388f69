-- Every observation that counts, in units that can be compared, with the reviewed corrections applied.
-- One row an observation of a report that is no copy of another. All other marts start here.
with digits as (
    select
        o.*,
        r.published_on,
        r.genre,
        r.year as report_year,
        r.region_code as report_region,
        r.superseded_by is not null as superseded,
        i.over_time = 'sum' or o.change in ('added', 'removed') as flow,
        coalesce(i.benefit, false) as benefit,
        c.correction_id,
        c.action as correction_action,
        c.reason as correction_reason,
        -- What stood in the text, in plain digits: 1230。35萬元 -> 1230.35
        regexp_extract(
            replace(replace(translate(o.written, '０１２３４５６７８９。．，', '0123456789..,'), ',', ''), ' ', ''),
            '[0-9]+([.][0-9]+)?'
        ) as number,
        case when c.action = 'override' then c.value else o.value end as corrected_value
    from core.observations as o
    join core.reports as r on r.report_id = o.report_id
    left join ref.indicators as i on i.indicator_id = o.indicator_id
    left join core.corrections as c on c.observation_id = o.observation_id and c.state = 'applied'
    where r.duplicate_of is null
      and c.action is distinct from 'drop'
),

scaled as (
    select
        *,
        -- A yearly or quarterly rate is brought to the month; 元/月 of a benefit is paid to a person.
        case
            when measure in ('standard', 'average') and unit in ('元/人/年', '元/年') and (benefit or unit = '元/人/年')
                then 1.0 / 12
            when measure in ('standard', 'average') and unit in ('元/人/季', '元/季') and (benefit or unit = '元/人/季')
                then 1.0 / 3
            else 1.0
        end as factor,
        case
            when measure not in ('standard', 'average') then unit
            when unit in ('元/人/年', '元/人/季') then '元/人/月'
            when benefit and unit in ('元/月', '元/年', '元/季') then '元/人/月'
            else unit
        end as comparable_unit,
        -- The size of one in the last place written: 100 元 for 41.23万元, 0.1 for 94.4%.
        case
            when number = '' or cast(number as double) = 0 then 0
            else abs(value / cast(number as double))
                 * power(10, -length(regexp_extract(number, '[.]([0-9]+)', 1)))
        end as last_place
    from digits
)

select
    observation_id,
    report_id,
    document_id,
    region_code,
    year,
    indicator_id,
    subject,
    measure,
    change,
    residence,
    subgroup,
    status,
    scope,
    place,
    comparator,
    corrected_value * factor as value,
    value_high * factor as value_high,
    comparable_unit as unit,
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
    region_code = report_region as own_report,
    superseded,
    published_on,
    genre,
    report_year,
    confidence,
    len(flags) as n_flags,
    correction_id,
    correction_action || ': ' || correction_reason as correction
from scaled
