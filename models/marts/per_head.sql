-- What each benefit pays per head and month, year by year, beside its standard.
with standards as (
    select
        region_code,
        year,
        subject,
        residence,
        yuan_per_person_month
    from marts.benefit_standards
    where status = 'actual'
        and scope = 'region'
        and subgroup is null
        and trust <> 'doubtful'
        and yuan_per_person_month is not null
),

paid as (
    select
        delivery.*,
        coalesce(delivery.expenditure_months, 12) as months,
        delivery.expenditure_months is null as months_assumed,
        delivery.expenditure_yuan / delivery.persons / coalesce(delivery.expenditure_months, 12)
            as yuan_per_person_month_exact
    from marts.benefit_delivery as delivery
    where delivery.expenditure_yuan > 0
        and delivery.persons > 0
        and coalesce(delivery.expenditure_months, 12) > 0
        and delivery.trust <> 'doubtful'
        -- Help that is given once has no month.
        and delivery.subject not in (
            select subject from ref.subjects
            where given_once
        )
),

beside as (
    select
        paid.*,
        (
            select [min(standards.yuan_per_person_month), max(standards.yuan_per_person_month)]
            from standards
            where standards.region_code = paid.region_code
                and standards.year = paid.year
                and standards.subject = paid.subject
                and paid.residence in ('total', standards.residence)
        ) as standard_bounds,
        lag(paid.year) over one_series as year_before,
        lag(paid.yuan_per_person_month_exact) over one_series as before
    from paid
    window one_series as (partition by paid.region_code, paid.subject, paid.residence order by paid.year)
)

select
    region_code,
    region,
    year,
    subject,
    subject_zh,
    residence,
    persons,
    expenditure_yuan,
    months,
    months_assumed,
    round(yuan_per_person_month_exact, 2) as yuan_per_person_month,
    round(standard_bounds[1], 2) as standard_low,
    round(standard_bounds[2], 2) as standard_high,
    year_before,
    round(100 * (yuan_per_person_month_exact / before - 1), 1) as change_percent,
    trust,
    persons_observation_id,
    expenditure_observation_id
from beside
order by region_code, subject, residence, year
