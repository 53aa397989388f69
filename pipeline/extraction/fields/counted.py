"""What a number counts by its unit and the words beside it: people, households, cases, beds, goods."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern


def are_persons() -> pl.Expr:
    """203个儿童主任 counts people, 5个志愿者服务站 doesn't."""
    by_the_piece = pl.col("unit_written").is_in(["个", "位"])
    # 11个孩子考上大学, where no subject is named
    named = by_the_piece & pl.col("quote_after").str.contains(pattern("person_behind"))
    return named.fill_null(False) | (
        by_the_piece
        & (pl.col("head") == "person")
        & (pl.col("rule") == "noun after")
        & ((pl.col("at_t") - pl.col("end_at")) <= 4)
        & ~pl.col("after_word").str.contains(pattern("not_a_person"))
        # 11个没有专职民政干部 are towns
        & ~pl.col("quote_after").str.contains(pattern("has_no_such"))
    )


def are_beds() -> pl.Expr:
    """新增养老床位200个 are beds, where the word stands at the number."""
    behind, before = pl.col("at_t") - pl.col("end_at"), pl.col("at") - pl.col("at_t")
    near = behind.is_between(0, 4) | (before - pl.col("subject_word").str.len_chars()).is_between(0, 3)
    places = pl.col("quote_before").str.contains(pattern("ends_in_a_place"))  # 家庭养老床位服务点7个
    counted = (pl.col("head") == "beds") & pl.col("unit_written").str.ends_with("个") & near & ~places
    return (counted & pl.col("subject").is_in(subjects_with("beds"))).fill_null(False)


def are_families() -> pl.Expr:
    """150个困难家庭, 结对帮扶困难家庭150个 are households."""
    counted = (pl.col("unit_written") == "个") & (pl.col("unit_class") == "things")
    behind = pl.col("quote_after").str.contains(pattern("families_behind"))
    return counted & (behind | pl.col("quote_before").str.contains(pattern("families_before")))


def are_cases() -> pl.Expr:
    """承接个案12个, 出具证明616份 are cases."""
    before, written = pl.col("quote_before"), pl.col("unit_written")
    proved = written.str.ends_with("份") & before.str.contains(pattern("proofs"))
    # 检查养老机构132家次 counts checks, not homes
    checked = written.str.contains("[家所处]次$") & (pl.col("subject") == "inspection")
    return written.is_in(["个", "例"]) & before.str.contains(pattern("cases_before")) | proved | checked


def are_goods() -> pl.Expr:
    """棉衣300件 counts goods, 信访300件 cases."""
    return (
        pl.col("unit_written").str.ends_with("件") & ~pl.col("unit_written").str.contains("案|信|事")
    ) & pl.col("quote_before").str.contains(pattern("goods"))


def are_papers() -> pl.Expr:
    """发放宣传单3000份, 优待证612本 are so many; what is no book has no volumes."""
    written = pl.col("unit_written")
    certificates = written.str.ends_with("本") & pl.col("quote_before").str.contains(pattern("certificates"))
    return written.str.ends_with("份") | certificates


def of_each_worker() -> pl.Expr:
    """护理员与老人之比为1∶6.5: so many people come to each of them."""
    people = pl.col("subject_word").str.contains(pattern("worker_word"))
    return pl.col("unit").is_null() & people & pl.col("quote_before").str.contains("1 ?∶ ?$")


def are_graves() -> pl.Expr:
    """墓穴3000个 is what a cemetery holds."""
    grave = pl.col("subject_word").str.contains(pattern("grave_word")).fill_null(False)
    counted = ~pl.col("unit_written").str.contains("座|处|所|家")  # 骨灰楼堂4座 are buildings
    fault = pl.col("subject").is_in(subjects_with("fault"))  # 超标准墓穴310个 were found
    return (pl.col("unit_class") == "things") & grave & counted & ~fault.fill_null(False)


def are_sheets() -> pl.Expr:
    """消费券824张 are no beds."""
    return (pl.col("unit_class") == "beds") & pl.col("quote_before").str.contains(pattern("sheets"))
