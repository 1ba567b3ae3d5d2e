"""The second set: tables in every kind of file."""

from __future__ import annotations

from fpdf import FPDF

from core.papers.fonts import font_file
from tests.notice.unseen.files import LEFT, UP, book, grid, ofd, page, txt, word
from tests.notice.unseen.paper import Paper

_WITHIN = (
    ("序号", "重点任务", "责任分工", "完成时限"),
    ("1", "建成零工驿站5家。", "牵头单位：市人力资源社会保障局\n配合单位：市总工会、各区", "2025年9月底"),
    ("2", "开展技能提升培训3万人次。", "牵头单位：市人力资源社会保障局\n配合单位：市教育局、市财政局", "2025年12月底"),
)

_SPLIT_HEADS = (
    ("序号", "目标任务", "责任单位", LEFT, "时限要求", "市级领导"),
    (UP, UP, "牵头", "配合", UP, UP),
    ("1", "新增绿色工厂10家。", "市经信局", "市生态环境局", "12月底", "严明副市长"),
    ("2", "新建5G基站1500个。", "市通信发展办", "市经信局、市资源规划局", "10月底", "严明副市长"),
    ("3", "建成市民健身中心。", "市体育局", "市住建局", "9月底", "白露副市长"),
)

_PROPOSALS = (
    ("建议号", "建议标题", "领衔代表", "主办单位", "会办单位", "办理期限", "督办领导"),
    (
        "第12号",
        "关于完善社区养老服务网络的建议",
        "代表甲",
        "市民政局",
        "市卫生健康委、市财政局",
        "2025年6月30日",
        "常务副市长 钟灵",
    ),
    (
        "第27号",
        "关于规范共享单车停放的建议",
        "代表乙",
        "市城管局",
        "市交通运输局、市公安局",
        "2025年7月15日",
        "副市长 毓秀山",
    ),
)

_BLOCKS = (
    ("翠屏县2025年重点工作清单", LEFT, LEFT, LEFT),
    ("2025年2月19日", LEFT, LEFT, LEFT),
    ("牵头领导：县委常委、副县长 田野", LEFT, LEFT, LEFT),
    ("序号", "工作任务", "责任单位", "完成时限"),
    ("1", "新建蔬菜基地2000亩。", "县农业农村局", "10月底"),
    ("2", "建设冷链仓储3处。", "县商务局", "11月底"),
    ("牵头领导：副县长 方舟", LEFT, LEFT, LEFT),
    ("序号", "工作任务", "责任单位", "完成时限"),
    ("1", "改造乡镇敬老院4所。", "县民政局", "9月底"),
)

_VERBS = (
    ("序号", "改革事项", "责任单位", "完成时间"),
    ("1", "推行高效办成一件事。", "区政务局牵头，区市场监管局、区税务局配合", "2025年8月"),
    ("2", "建立重大项目联审机制。", "区发改局牵头，区资规分局、各街道按职责分工负责", "2025年6月"),
)

_WEB = (
    ("序号", "项目", "实施内容", "牵头领导", "责任部门"),
    ("（一）", "教育", "新建小学1所。", "江枫、\n林夕", "区教育局"),
    ("（二）", "医疗", "改造社区卫生服务站6个。", "江枫", "区卫健局"),
)

_OFD = (
    ("编号", "工作要点", "牵头部门", "协同部门", "完成时限"),
    ("1", "建设数字孪生流域平台。", "市水务局", "市数据资源管理局\n市气象局", "2025年10月"),
    ("2", "开展节水型单位创建，覆盖率达到80%。", "市水务局", "市机关事务管理局", "2025年12月"),
)

_ENGLISH = """
# Stonebridge Borough Council: Homelessness Action Plan

Date: 7 April 2025

| Action ref | Objective | What we will do | Lead/partners | Milestones | By when |
|---|---|---|---|---|---|
| H1 | Prevent | Fund a mediation worker. | Housing Options Team / Citizens Advice | Post filled | June 2025 |
| H2 | Prevent | Agree a hospital discharge protocol. | Adult Social Care / Riverside Hospital Trust | Draft shared | Autumn 2025 |
| H3 | Recover | Lease ten move-on flats. | Housing Options Team / Stonebridge Homes | Leases signed | 31 March 2026 |
"""


def _unruled() -> bytes:
    """A page whose table has no lines: cells stand one beside the other with white space between them."""
    paper = FPDF()
    paper.add_font("cn", fname=font_file())
    paper.set_font("cn", size=12)
    paper.add_page()
    for line in ("榆河区2025年基层治理重点任务表", "2025年3月19日"):
        paper.cell(0, 9, line, new_x="LMARGIN", new_y="NEXT")
    rows = (
        ("序号", "任务内容", "牵头单位", "配合单位", "完成时限"),
        ("1", "建成综合网格指挥室12个。", "区委政法委", "区公安分局", "2025年9月底"),
        ("2", "培训专职网格员600人。", "区委社会工作部", "各街道", "2025年11月底"),
    )
    for row in rows:
        for width, cell in zip((15, 70, 38, 38, 30), row, strict=True):
            paper.cell(width, 9, cell)
        paper.ln(9)
    return bytes(paper.output())


PAPERS = (
    Paper("labels_within_a_cell", "docx", word("芳洲市稳就业任务表\n2025年3月4日", _WITHIN), (
        "1|建成零工驿站5家。|市人力资源社会保障局|市总工会、各区||2025-09-30",
        "2|开展技能提升培训3万人次。|市人力资源社会保障局|市教育局、市财政局||2025-12-31",
    )),
    Paper("heads_in_two_rows", "xlsx", book(Sheet1=(("海棠市2025年目标任务分解",), ("2025年1月13日",), *_SPLIT_HEADS)), (
        "1|新增绿色工厂10家。|市经信局|市生态环境局||2025-12-31|严明",
        "2|新建5G基站1500个。|市通信发展办|市经信局、市资源规划局||2025-10-31|严明",
        "3|建成市民健身中心。|市体育局|市住建局||2025-09-30|白露",
    )),
    Paper("proposals_of_deputies", "docx", word("望川市人大代表重点建议交办表\n2025年3月26日", _PROPOSALS), (
        "第12号|关于完善社区养老服务网络的建议|市民政局|市卫生健康委、市财政局||2025-06-30|钟灵",
        "第27号|关于规范共享单车停放的建议|市城管局|市交通运输局、市公安局||2025-07-15|毓秀山",
    )),
    Paper("leaders_above_blocks", "xlsx", book(清单=_BLOCKS), (
        "1|新建蔬菜基地2000亩。|||县农业农村局|2025-10-31|田野",
        "2|建设冷链仓储3处。|||县商务局|2025-11-30|田野",
        "1|改造乡镇敬老院4所。|||县民政局|2025-09-30|方舟",
    )),
    Paper("verbs_within_a_cell", "docx", word("棠溪区2025年改革要点\n2025年2月25日", _VERBS), (
        "1|推行高效办成一件事。|区政务局|区市场监管局、区税务局||2025-08-31",
        "2|建立重大项目联审机制。|区发改局|区资规分局、各街道||2025-06-30",
    )),
    Paper("numbers_in_brackets", "html", page("<table><tr><td><p>梧桐区民生项目表</p><p>2025年3月1日</p>" + grid(_WEB) + "</td></tr></table>"), (
        "1|教育：新建小学1所。|||区教育局||江枫、林夕",
        "2|医疗：改造社区卫生服务站6个。|||区卫健局||江枫",
    )),
    Paper("departments_in_lines", "ofd", ofd("澄波市节水行动任务分工\n2025年4月14日", _OFD, lefts=(25, 38, 95, 122, 160, 190)), (
        "1|建设数字孪生流域平台。|市水务局|市数据资源管理局、市气象局||2025-10-31",
        "2|开展节水型单位创建，覆盖率达到80%。|市水务局|市机关事务管理局||2025-12-31",
    )),
    Paper("lead_and_partners", "md", txt(_ENGLISH), (
        "H1|Fund a mediation worker.|Housing Options Team|Citizens Advice||2025-06-30",
        "H2|Agree a hospital discharge protocol.|Adult Social Care|Riverside Hospital Trust",
        "H3|Lease ten move-on flats.|Housing Options Team|Stonebridge Homes||2026-03-31",
    )),
    Paper("no_lines_around_cells", "pdf", _unruled(), (
        "1|建成综合网格指挥室12个。|区委政法委|区公安分局||2025-09-30",
        "2|培训专职网格员600人。|区委社会工作部|各街道||2025-11-30",
    )),
)  # fmt: skip
