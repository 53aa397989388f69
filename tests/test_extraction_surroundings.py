"""What stands around a number, as the checks are told: a wrong word here doubts a right report."""

from extraction_sentences import Understood

from pipeline.contracts.validate import validate

PARTS = "全县现有低保对象1200人，其中城市低保500人、农村低保700人，全年新增低保对象80人。"
BRACKETS = "检查养老机构168家（公办110家，民办58家），合计投入30万元，其余12家待查。"
SHARE = "有护理人员120人，其中持证人员90人，应持证人员100人，持证率75%。"
OLD_STYLE = "目前保障低保對象３０人，同時救助孤兒5人。"
CELLS = "| 项目 | 人数 | 户数 |\n| 低保 | 310人 | 120户 |\n| 特困 | 45人 | 44户 |\n"
ITEMS = "一是发放临时救助金20万元，救助90人；二是新增养老床位50张。"
GROWTH = "办理结婚登记2100对，比上年增长9.5%。低保标准由610元提高到655元。"
LIST = "走访养老机构7家、社会组织12家，其中26户、61人纳入低保。乡镇备用金由20万元增加到30万元。"
PUT_ON_LIST = "对三类户逐户走访，符合条件的1260户、4310人已纳入农村低保。"
ALL_ON_LIST = "全县共有3100人纳入农村低保。"
READ = Understood.beside_others(
    [PARTS, BRACKETS, SHARE, OLD_STYLE, CELLS, ITEMS, GROWTH, LIST, PUT_ON_LIST, ALL_ON_LIST]
)


def around(text: str) -> dict[str, dict]:
    """By the number as written: its row of `core.contexts`."""
    rows = READ.contexts.join(READ.observations.select("observation_id", "written"), on="observation_id")
    return {row["written"]: row for row in rows.rows(named=True) if row["document_id"] == READ.places[text]}


def test_contexts_keep_their_contract():
    validate(READ.contexts, "core.contexts", whole=False)


def test_parts_are_told_from_their_whole_and_from_what_follows():
    said = around(PARTS)
    assert [said[n]["list_no"] for n in ("1200人", "500人", "700人", "80人")] == [0, 1, 1, 2]
    assert said["1200人"]["said_of_area"] and said["500人"]["opens_at_once"]
    assert said["500人"]["label"] == "城市低保"


def test_brackets_sums_and_rests_are_known():
    said = around(BRACKETS)
    assert [said[n]["depth"] for n in ("168家", "110家", "58家", "30万元")] == [0, 1, 1, 0]
    assert [said[n]["side"] for n in ("110家", "58家")] == ["public", "private"]
    assert said["30万元"]["sums_up"] and said["12家"]["left_over"]


def test_a_share_names_the_figure_that_it_is_of():
    said = around(SHARE)
    assert said["75%"]["named_ids"] == [said["90人"]["observation_id"]]
    assert said["75%"]["says_share"] and said["90人"]["named_ids"] == []


def test_traditional_characters_and_full_width_say_the_same():
    rows = list(around(OLD_STYLE).values())
    assert [row["list_no"] for row in rows] == [0, 1] and [row["place"] for row in rows] == [1, 2]


def test_cells_of_a_table_are_no_sentence():
    rows = around(CELLS)
    assert len({row["paragraph_no"] for row in rows.values()}) == len(rows) == 4
    assert rows["310人"]["line_no"] == rows["120户"]["line_no"] != rows["45人"]["line_no"]


def test_list_items_are_counted_inside_a_paragraph():
    said = around(ITEMS)
    assert said["20万元"]["item_no"] == said["90人"]["item_no"] != said["50张"]["item_no"]
    assert len({row["line_no"] for row in said.values()}) == 1


def test_growth_and_the_name_of_a_move_are_known():
    said = around(GROWTH)
    assert said["9.5%"]["grows"] and not said["2100对"]["grows"]
    assert said["655元"]["called"] == "rise" and said["2100对"]["called"] is None


def test_what_is_said_once_of_a_list_is_said_of_each_in_it():
    said = around(LIST)
    assert said["12家"]["acts"] and not said["26户"]["acts"]
    assert said["26户"]["draws"] and said["61人"]["draws"]
    assert said["20万元"]["limits"] and said["30万元"]["limits"]


def test_those_who_were_put_on_a_list_are_not_all_who_are_on_it():
    put_on, all_of_them = around(PUT_ON_LIST), around(ALL_ON_LIST)
    assert put_on["1260户"]["of_group"] and put_on["4310人"]["of_group"]
    assert not all_of_them["3100人"]["of_group"]
