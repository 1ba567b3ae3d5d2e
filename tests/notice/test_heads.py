"""Heads of columns as they occur: who leads, who only watches, which of two dates counts; unknown ones are asked about once."""

import pytest

from core.rules.notice.columns import columns_of
from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line

HEAD = "云屿区2024年重点工作任务分解表\n2024年2月1日\n"


def notice_of(heads: str, *rows: str) -> Notice:
    table = "\n".join((f"| {heads} |", "|---|", *(f"| {row} |" for row in rows)))
    return read([Line(number, line) for number, line in enumerate((HEAD + table).split("\n"), start=1)])


def asked(notice: Notice, kind: str) -> list[str]:
    return [question.values["what"] for question in notice.all_questions() if question.kind == kind]


@pytest.mark.parametrize(
    ("heads", "kinds"),
    [
        ("序号 任务 区政府分管领导 牵头单位", ["number", "content", "leader", "lead"]),
        ("序号 任务 分线领导 主要责任单位 其他责任单位", ["number", "content", "leader", "lead", "co"]),
        ("序号 任务 牵头协调部门 承办单位/部门", ["number", "content", "lead", "responsible"]),
        ("序号 任务 牵头领导 配合领导 责任单位", ["number", "content", "leader", None, "responsible"]),
        ("序号 任务 督办领导 牵头领导 责任单位", ["number", "content", None, "leader", "responsible"]),
        ("序号 任务 责任单位 责任处室", ["number", "content", "responsible", "beside"]),
        ("序号 任务 牵头处室 配合处室", ["number", "content", "lead", "co"]),
        ("序号 任务 责任单位 主管部门", ["number", "content", "responsible", None]),
        ("序号 任务 责任单位 督导单位 验收单位", ["number", "content", "responsible", None, "beside"]),
        ("序号 任务 责任单位 开工时间 竣工时间", ["number", "content", "responsible", "beside", "due"]),
        ("序号 任务 责任单位 交办时间 完成时限", ["number", "content", "responsible", "beside", "due"]),
        ("序号 任务 责任单位 反馈时限 办结时限", ["number", "content", "responsible", None, "due"]),
        ("序号 工程名称和主要建设内容 县级领导 责任单位", ["number", "content", "leader", "responsible"]),
        ("序号 任务 分管负责人 责任单位", ["number", "content", "leader", "responsible"]),
        ("序号 任务 省级负责同志 责任单位", ["number", "content", "leader", "responsible"]),
        ("序号 任务 分管负责人 分管领导 责任单位", ["number", "content", None, "leader", "responsible"]),
        ("序号 任务 分管副校长 负责部门", ["number", "content", "leader", "responsible"]),
        ("序号 任务 责任班子成员 责任科室", ["number", "content", "leader", "responsible"]),
        ("序号 任务 责任人 责任单位", ["number", "content", None, "responsible"]),
        ("序号 任务 责任单位 预定完成期限", ["number", "content", "responsible", "due"]),
        ("序号 任务 责任单位 包联单位", ["number", "content", "responsible", None]),
        ("序号 任务 包联领导 包联单位", ["number", "content", "leader", "responsible"]),
        ("科室 任务 时限", ["responsible", "content", "due"]),
        ("部门 任务 责任单位", [None, "content", "responsible"]),
        ("序号 整改任务 存在问题 责任单位", ["number", "content", "content", "responsible"]),
        ("序号 工作任务 存在问题 责任单位", ["number", "content", "beside", "responsible"]),
    ],
)
def test_a_head_is_understood_beside_the_others(heads: str, kinds: list[str | None]) -> None:
    assert columns_of(heads.split()) == kinds


def test_english_heads_of_a_primary_agency_and_a_planned_date() -> None:
    heads = ("Ser", "Recommendation", "Action required", "Primary agency", "Supporting agencies", "Target completion")
    assert columns_of(heads) == ["number", "content", "content", "lead", "co", "due"]


def test_the_name_of_a_project_stays_with_each_of_its_tasks() -> None:
    notice = notice_of(
        "序号 | 项目名称 | 主要内容 | 牵头单位",
        "1 | 老城更新 | 修缮湖滨楼。 | 区文旅局",
        "1 | 老城更新 | 整治湖滨街。 | 区住建局",
        "2 | 安居 | 改造小区。 | 区住建局",
    )
    assert [task.content for task in notice.tasks] == [
        "老城更新：修缮湖滨楼。",
        "老城更新：整治湖滨街。",
        "安居：改造小区。",
    ]


def test_headings_on_two_levels_are_no_part_of_the_tasks_below_them() -> None:
    notice = notice_of(
        "一级任务 | 二级任务 | 三级任务 | 牵头单位",
        "产业 | （一）培育 | 1.新增企业30家 | 区工信局",
        "产业 | （一）培育 | 2.新增小巨人2家 | 区工信局",
        "产业 | （二）园区 | 3.盘活用地50亩 | 区资规局",
    )
    assert [(task.number, task.content) for task in notice.tasks] == [
        (1, "新增企业30家"),
        (2, "新增小巨人2家"),
        (3, "盘活用地50亩"),
    ]


def test_long_texts_under_an_unknown_head_beside_short_titles_are_read_and_asked_about() -> None:
    long = "在滨河路打造夜间集聚区2处，引入商户80家，延长公交运营时间。"
    notice = notice_of("序号 | 事项 | 路径 | 牵头单位", f"1 | 夜经济 | {long} | 区商务局")
    assert notice.tasks[0].content == f"夜经济：{long}"
    assert asked(notice, "column_text") == ["路径"]


def test_offices_under_an_unknown_head_are_taken_and_asked_about_where_no_head_says_who_does_it() -> None:
    notice = notice_of("序号 | 任务 | 经办站所", "1 | 建设茶园 | 镇农业站", "2 | 整治河道 | 镇水务站")
    assert [task.responsible for task in notice.tasks] == [("镇农业站",), ("镇水务站",)]
    assert asked(notice, "column_units") == ["经办站所"]


def test_figures_under_heads_of_years_are_asked_about() -> None:
    notice = notice_of("序号 | 项目 | 2024年 | 责任单位", "1 | 管网更新 | 60公里 | 区住建局")
    assert asked(notice, "column") == ["2024年"]


def test_a_head_is_asked_about_once_however_many_pages_repeat_it() -> None:
    head = "序号 | 任务 | 责任单位 | 挂点人员"
    notice = notice_of(head, "1 | 修路 | 区交通局 | 李红", head, "2 | 架桥 | 区住建局 | 王明")
    assert asked(notice, "column") == ["挂点人员"]


def test_a_list_of_addresses_is_no_table_of_tasks() -> None:
    notice = notice_of("序号 | 单位 | 联络员 | 职务", "1 | 区民政局 | 丁宁 | 科员", "2 | 区房管局 | 余和 | 科长")
    assert not notice.tasks


def test_persons_named_beside_the_units_are_no_units() -> None:
    notice = notice_of(
        "序号 | 任务 | 责任单位及联系人 | 时限", "1 | 修路 | 区交通局<br>张工 00012345678 | 6月底".replace("<br>", " ")
    )
    assert notice.tasks[0].responsible == ("区交通局",)


def test_a_column_that_only_counts_the_rows_needs_no_head() -> None:
    notice = notice_of(" | 任务 | 责任单位", "3 | 修路 | 区交通局", "4 | 架桥 | 区住建局")
    assert [(task.number, task.content) for task in notice.tasks] == [(3, "修路"), (4, "架桥")]


def test_units_in_a_column_without_a_head_are_asked_about() -> None:
    notice = notice_of("序号 | 任务 | 责任单位 | ", "1 | 修路 | 区交通局 | 区财政局", "2 | 架桥 | 区住建局 | 区水务局")
    assert asked(notice, "column") == ["责任单位 →"]


def test_short_names_under_an_unknown_head_before_the_goals_are_read_and_asked_about() -> None:
    notice = notice_of(
        "链别 | 年度目标 | 牵头单位", "新材料 | 引进项目10个 | 区工信局", "旅游 | 接待游客9万人 | 区文旅局"
    )
    assert [task.content for task in notice.tasks] == ["新材料：引进项目10个", "旅游：接待游客9万人"]
    assert asked(notice, "column_text") == ["链别"]


def test_a_long_text_before_the_units_is_no_mere_remark() -> None:
    text = "查政策是否落地、是否存在乱收费，抽查企业不少于20家。"
    notice = notice_of("序号 | 督查要点 | 说明 | 责任单位", f"1 | 减税降费 | {text} | 区税务局")
    assert notice.tasks[0].content == f"减税降费：{text}"
    assert asked(notice, "column_text") == ["说明"]


def test_the_same_head_over_two_columns_is_asked_about() -> None:
    notice = notice_of(
        "序号 | 任务 | 牵头单位 | 工作职责 | 配合单位 | 配合单位", "1 | 修路 | 区交通局 | 建 | 区财政局 | 区水务局"
    )
    assert "配合单位#2" in asked(notice, "column")


def test_headings_with_ordinals_are_no_names_of_the_tasks_below_them() -> None:
    notice = notice_of(
        "项目 | 内容 | 牵头单位",
        "一、教育工程 | （一）新建小学3所 | 区教育局",
        "一、教育工程 | （二）改造操场2个 | 区体育局",
    )
    assert [(task.number, task.content) for task in notice.tasks] == [(1, "新建小学3所"), (2, "改造操场2个")]


def test_the_person_in_brackets_behind_a_unit_is_no_part_of_its_name() -> None:
    notice = notice_of("序号 | 任务 | 牵头单位（主要负责人） | 时限", "1 | 修路 | 区交通局（规矩） | 6月底")
    assert notice.tasks[0].lead == ("区交通局",)


def test_scale_and_content_of_a_project_are_read_its_scale_alone_is_not() -> None:
    assert columns_of(["项目名称", "建设规模及内容", "建设规模", "责任单位"]) == [
        "content",
        "content",
        None,
        "responsible",
    ]


def test_a_lead_that_only_the_print_shows_is_asked_about() -> None:
    notice = notice_of("序号 | 任务 | 责任单位", "1 | 修路 | 区交通局、区财政局", "注：黑体字为牵头单位。 | | ")
    assert asked(notice, "lead_shown") == ["黑体字为牵头单位"]


def cells_of(*rows: tuple[str, ...]) -> Notice:
    table = [Line(number, "\t".join(row), row, 1) for number, row in enumerate(rows, start=3)]
    return read([*(Line(number, line) for number, line in enumerate(HEAD.split("\n")[:2], start=1)), *table])


@pytest.mark.parametrize(
    "cell",
    [
        "区财政局\n（责任人：丁一）",
        "区财政局 丁一",
        "区财政局（丁一）",
        "丁一（区财政局）",
        "区财政局/丁一",
        "区财政局、丁一",
        "区财政局：丁一",
        "区财政局\n责任人：丁一 13900001111",
        "责任单位：区财政局\n责任人：丁一",
    ],
)
@pytest.mark.parametrize("head", ["责任单位及责任人", "责任单位（责任人）", "责任人及责任单位"])
def test_whom_to_call_beside_a_unit_is_no_unit(head: str, cell: str) -> None:
    notice = cells_of(("序号", "任务", head), ("1", "建成社区食堂3处", cell))
    assert [task.responsible for task in notice.tasks] == [("区财政局",)]
    assert not notice.tasks[0].questions


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("牵头领导及责任单位", "副区长丁一\n区财政局、区民政局"),
        ("责任领导和责任单位", "丁一；区财政局、区民政局"),
        ("责任领导及责任单位", "副区长 丁一\n区财政局、区民政局"),
        ("责任领导及责任单位", "丁一 副区长 区财政局、区民政局"),
        ("责任单位、责任领导", "区财政局、区民政局\n责任领导：丁一"),
    ],
)
def test_a_head_of_leader_and_units_is_read_as_two(head: str, cell: str) -> None:
    notice = cells_of(("序号", "任务", head), ("1", "建成社区食堂3处", cell))
    assert [task.responsible for task in notice.tasks] == [("区财政局", "区民政局")]
    assert [leader.name for leader in notice.leaders] == ["丁一"]


@pytest.mark.parametrize("cell", ["区财政局\n9月底前", "区财政局，2024年9月底前"])
def test_a_head_of_units_and_time_is_read_as_two(cell: str) -> None:
    notice = cells_of(("序号", "任务", "责任单位及完成时限"), ("1", "建成社区食堂3处", cell))
    assert [(t.responsible, t.due and t.due.isoformat()) for t in notice.tasks] == [(("区财政局",), "2024-09-30")]


def test_who_made_a_list_of_tasks_makes_no_form_of_it() -> None:
    lines = [Line(1, "云屿区2024年攻坚推进表"), Line(2, "填报单位：区政府督查室"), Line(3, "2024年2月1日")]
    rows = (("序号", "任务", "一季度", "责任单位"), ("1", "建成社区食堂3处", "选址", "区民政局"))
    notice = read([*lines, *(Line(n, "\t".join(row), row, 1) for n, row in enumerate(rows, start=4))])
    assert [task.content for task in notice.tasks] == ["建成社区食堂3处"]
    assert notice.form is None
