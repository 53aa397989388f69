-- Every observation that counts, in units that can be compared, with the reviewed corrections applied.
-- One row an observation of a report that is no copy of another. All other marts start here.
with settled as (
    -- What people have settled of an observation, a column a field; an empty text clears a field.
    select
        observation_id,
        min(correction_id) as correction_id,
        any_value(action) as action,
        string_agg(distinct reason, '; ' order by reason) as reason,
        max(value) filter (where action = 'override' and coalesce(field, 'value') = 'value') as value,
        max(text) filter (where field = 'subject') as subject,
        max(text) filter (where field = 'measure') as measure,
        max(text) filter (where field = 'unit') as unit,
        max(text) filter (where field = 'change') as change,
        max(text) filter (where field = 'status') as status,
        max(text) filter (where field = 'residence') as residence,
        max(text) filter (where field = 'scope') as scope,
        max(text) filter (where field = 'comparator') as comparator,
        max(text) filter (where field = 'subgroup') as subgroup,
        max(text) filter (where field = 'place') as place,
        max(text) filter (where field = 'region_code') as region_code,
        max(text) filter (where field = 'year') as year,
        max(text) filter (where field = 'period_start') as period_start,
        max(text) filter (where field = 'period_end') as period_end
    from core.corrections
    where state = 'applied'
    group by observation_id
),

reviewed as (
    select
        o.*,
        coalesce(c.subject, o.subject) as settled_subject,
        coalesce(c.measure, o.measure) as settled_measure,
        coalesce(c.unit, o.unit) as settled_unit,
        coalesce(c.change, o.change) as settled_change,
        coalesce(c.status, o.status) as settled_status,
        coalesce(c.residence, o.residence) as settled_residence,
        coalesce(c.scope, o.scope) as settled_scope,
        coalesce(c.comparator, o.comparator) as settled_comparator,
        nullif(coalesce(c.subgroup, o.subgroup), '') as settled_subgroup,
        nullif(coalesce(c.place, o.place), '') as settled_place,
        -- A named part that is a division of the country is a region of its own.
        nullif(coalesce(c.region_code, o.place_code, o.region_code), '') as of_region,
        coalesce(c.region_code, o.place_code) as named_region,
        case when c.year is null then o.year else try_cast(c.year as integer) end as settled_year,
        case when c.period_start is null then o.period_start else try_cast(c.period_start as date) end as first_day,
        case when c.period_end is null then o.period_end else try_cast(c.period_end as date) end as last_day,
        coalesce(c.value, o.value) as corrected_value,
        c.correction_id,
        c.action as correction_action,
        c.reason as correction_reason
    from core.observations as o
    left join settled as c on c.observation_id = o.observation_id
    where c.action is distinct from 'drop'
),

counted as (
    select
        -- What a town or street reports is a part of its county.
        o.* replace (
            case
                when r.region_method = 'town' and o.settled_scope = 'region' then 'part'
                else o.settled_scope
            end as settled_scope,
            coalesce(
                o.settled_place, case when r.region_method = 'town' then r.region_evidence end
            ) as settled_place
        ),
        o.settled_subject || '.' || o.settled_measure as of_indicator,
        -- 每千名老人拥有床位34.2张 is called by what it counts to each; a share or a rate by its name.
        case
            when o.settled_measure = 'ratio' and o.settled_unit is not null and coalesce(u.measure, '') <> 'ratio'
                then '每…' || s.name_zh || '（' || o.settled_unit || '）'
            else i.name_zh
        end as name_zh,
        r.published_on,
        r.genre,
        r.year as report_year,
        r.region_code as report_region,
        r.superseded_by is not null as superseded,
        -- A correction can make an indicator that is none: tekun in couples.
        coalesce(i.over_time = 'sum', false) or o.settled_change in ('added', 'removed') as flow,
        -- A yearly or quarterly rate is brought to the month; 元/月 of a benefit is paid to a person.
        case
            when o.settled_measure in ('standard', 'average') and (coalesce(i.benefit, false) or not u.of_benefits)
                then u.comparable_unit
        end as comparable_unit,
        u.months as months_of_unit
    from reviewed as o
    join core.reports as r on r.report_id = o.report_id
    left join ref.indicators as i on i.indicator_id = o.settled_subject || '.' || o.settled_measure
    left join ref.units as u on u.unit = o.settled_unit
    left join ref.subjects as s on s.subject = o.settled_subject
    where r.duplicate_of is null
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
        scaled.settled_measure as measure,
        scaled.corrected_value as value,
        -- Of a county or city whose residents are not known: no more than live in those above it; some have grown.
        least(
            any_level.most,
            1.3 * coalesce(own.people, above.people, province.people)
            / case when scaled.settled_measure = 'households' then 2 else 1 end
        ) as most_people,
        any_level.most as most_of_level,
        one_subject.most as most_of_subject,
        -- A whole region has at least so many; a group, a part or a part of the year may have fewer.
        case
            when scaled.settled_scope = 'region'
                and scaled.settled_residence = 'total'
                and scaled.settled_subgroup is null
                and scaled.settled_status = 'actual'
                and (not scaled.flow or scaled.first_day is null)
                then one_subject.least
        end as least_of_subject,
        -- 发放高龄津贴412元 to 9,214 persons: what a whole region pays is more than one person gets.
        case
            when indicators.benefit and scaled.settled_scope = 'region' and scaled.settled_status = 'actual'
                then any_level.least
        end as least_of_level,
        -- 引导286名志愿者, 完成1679个村的改造: those that something was done with are not all that there are.
        indicators.headline is not null
        and indicators.over_time = 'last'
        and not indicators.benefit
        and scaled.settled_measure in ('count', 'persons')
        and scaled.settled_change = 'level'
        and scaled.settled_scope = 'region'
        and not context.said_of_area
        and (
            context.acts
            or (scaled.settled_measure = 'count' and context.thing not in ('', scaled.subject_word))
        ) as acted_on,
        -- 脱贫人口得到临时救助101人次: those of one group who draw it.
        indicators.benefit and scaled.settled_subgroup is null and context.of_group as of_a_group,
        -- 标准最低的县达到1190元 says what no county is below.
        scaled.settled_measure = 'standard'
        and scaled.settled_status = 'actual'
        and scaled.settled_comparator not in ('=', '~') as only_bound,
        -- 备用金增加到30万元 may be granted; what was spent is another sum.
        scaled.settled_measure in ('expenditure', 'standard', 'average') and context.limits as may_be_granted,
        -- A yearly rate as much as a monthly one.
        scaled.corrected_value * scaled.factor as compared_value,
        case
            when coalesce(scaled.comparable_unit, scaled.settled_unit) = indicators.unit then indicators.plausible_min
        end as plausible_min,
        case
            when coalesce(scaled.comparable_unit, scaled.settled_unit) = indicators.unit then indicators.plausible_max
        end as plausible_max,
        scaled.settled_change as change
    from scaled
    left join core.contexts as context on context.observation_id = scaled.observation_id
    left join ref.regions as regions on regions.region_code = scaled.of_region
    left join ref.plausible_ranges as any_level
        on any_level.level = regions.level
        and any_level.measure = scaled.settled_measure
        and any_level.subject = ''
    left join ref.plausible_ranges as one_subject
        on one_subject.level = regions.level
        and one_subject.measure = scaled.settled_measure
        and one_subject.subject = scaled.settled_subject
    left join residents as own on own.region_code = scaled.of_region
    left join residents as above on above.region_code = left(scaled.of_region, 4) || '00'
    left join residents as province on province.region_code = left(scaled.of_region, 2) || '0000'
    left join ref.indicators as indicators on indicators.indicator_id = scaled.of_indicator
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
                case when of_a_group then 'of_a_group' end,
                case when only_bound then 'only_bound' end,
                case when may_be_granted then 'may_be_granted' end,
                case
                    when change = 'level' and (value < least_of_subject or value < least_of_level) then 'below_level'
                end,
                case
                    when change = 'level'
                        and compared_value
                        not between coalesce(plausible_min, -1e300) and coalesce(plausible_max, 1e300)
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
    settled_year as year,
    of_indicator as indicator_id,
    name_zh as indicator_zh,
    settled_subject as subject,
    settled_measure as measure,
    settled_change as change,
    settled_residence as residence,
    settled_subgroup as subgroup,
    settled_status as status,
    case when named_region <> report_region then 'region' else settled_scope end as scope,
    settled_place as place,
    settled_comparator as comparator,
    corrected_value * factor as value,
    value_high * factor as value_high,
    coalesce(comparable_unit, settled_unit) as unit,
    -- A plain count is exact; a share, a decimal or a number with 万 is known to its last place only.
    case when last_place = 1 and settled_unit <> '%' then 0 else last_place * factor end as rounding,
    value as value_read,
    unit as unit_read,
    written,
    flow,
    first_day as period_start,
    last_day as period_end,
    -- Months that a flow covers; a flow "as of" a month runs from January. Null where the text does not say.
    case
        when not flow or last_day is null then null
        when first_day is not null then datediff('month', first_day, last_day) + 1
        when year(last_day) = settled_year then month(last_day)
    end as months,
    -- A total over several years, or from one into the next, is none of its last one.
    coalesce(flow and months > 12, false)
    or coalesce(year(first_day) < year(last_day), false) as of_several_years,
    of_region = report_region as own_report,
    superseded,
    published_on,
    genre,
    report_year,
    confidence,
    -- A reviewed value is sure; what the world doubts is never more than doubtful.
    case
        when correction_action in ('override', 'confirm') then 'sure'
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
