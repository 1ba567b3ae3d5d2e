"""Tables in text files: drawn with plus signs, apart by blanks, between wide bars."""

from datetime import date

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line
from tests.notice.papers import packed, said

HEAD = "云屿区2024年重点工作任务分解表\n2024年2月1日\n"


def notice_of(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate((HEAD + text).split("\n"), start=1)])


def test_a_table_drawn_with_plus_signs_is_read_cell_by_cell() -> None:
    notice = notice_of(
        "+------+--------------+------------+------------+\n| 序号 | 任务         | 主责单位   | 协作单位   |\n"
        "+------+--------------+------------+------------+\n| 1    | 建设书屋30个 | 区文旅局   | 各街道     |\n"
        "| 2    | 开展义诊，   | 区卫健局   | 区医院     |\n|      | 覆盖所有村   |            | 各乡镇     |\n"
        "+------+--------------+------------+------------+\n"
    )
    assert [(t.number, t.content, t.lead, t.co) for t in notice.tasks] == [
        (1, "建设书屋30个", ("区文旅局",), ("各街道",)),
        (2, "开展义诊，覆盖所有村", ("区卫健局",), ("区医院", "各乡镇")),
    ]


def test_a_name_that_fills_the_line_of_a_drawn_cell_goes_on_in_the_next_one() -> None:
    notice = notice_of(
        "┌──┬────┬───┐\n│序号│任务    │责任单位│\n├──┼────┼───┤\n│1   │抽检    │区市场监│\n│    │        │督管理局│\n└──┴────┴───┘\n"
    )
    assert notice.tasks[0].responsible == ("区市场监督管理局",)


def test_a_table_with_blanks_between_its_columns_is_read() -> None:
    notice = notice_of(
        "序号    工作任务              牵头单位        配合单位          完成时限\n"
        "1       修建滨江步道，        区城管局        区水务局          9月底\n"
        "        年内贯通              \n"
        "2       新建停车位800个       区城投公司      区交警大队        10月底\n"
        "联系人：某某\n"
    )
    assert [(t.content, t.lead, t.co, t.due) for t in notice.tasks] == [
        ("修建滨江步道，年内贯通", ("区城管局",), ("区水务局",), date(2024, 9, 30)),
        ("新建停车位800个", ("区城投公司",), ("区交警大队",), date(2024, 10, 31)),
    ]


def test_an_empty_cell_of_such_a_table_stays_empty() -> None:
    notice = notice_of(
        "序号  任务          牵头单位    配合单位\n1     修路          区交通局    区财政局\n2     架桥          区住建局\n"
    )
    assert [(t.lead, t.co) for t in notice.tasks] == [(("区交通局",), ("区财政局",)), (("区住建局",), ())]


def test_wide_bars_part_cells_as_narrow_ones_do() -> None:
    notice = notice_of("｜序号｜任务｜牵头单位｜\n｜1｜修路｜区交通局｜\n｜2｜架桥｜区住建局｜\n")
    assert [(t.content, t.lead) for t in notice.tasks] == [("修路", ("区交通局",)), ("架桥", ("区住建局",))]


def test_rows_of_a_page_without_ruled_lines_are_not_taken_for_a_wrapped_paragraph() -> None:
    cells = (("序号", 30.0), ("任务", 50.0), ("牵头单位", 110.0), ("配合单位", 150.0))
    rows = [cells, (("1", 30.0), ("修路", 50.0), ("区交通局", 110.0), ("区财政局", 150.0))]
    rows.append((("2", 30.0), ("架桥", 50.0), ("区住建局", 110.0), ("区水务局", 150.0)))
    signs = [said(text, x, 40.0 + 9 * n, 5) for n, row in enumerate(rows) for text, x in row]
    notice = read_notice(packed(["".join([said("云屿区重点任务表", 60.0, 30.0), *signs])]), "a.ofd")
    assert [(t.content, t.lead, t.co) for t in notice.tasks] == [
        ("修路", ("区交通局",), ("区财政局",)),
        ("架桥", ("区住建局",), ("区水务局",)),
    ]
