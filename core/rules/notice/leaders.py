"""Knows how a notice names the leaders who head the work: 孙某某常务副区长牵头重点工作, 牵头领导：某某."""

from __future__ import annotations

import re

from core.rules.notice.shadow import shadow, squeeze

_HAN = r"[\u4e00-\u9fff·]"
_OFFICE = (
    "党工委|党委|党组|区委|县委|市委|省委|州委|镇委|人大|政协|区政府|县政府|市政府|省政府|政府|管委会|政法委|纪委|监委|"
    "组织部|宣传部|统战部|武装部|武装|宣传|组织|统战|公安局|公安分局|新区|开发区|园区|区|县|市|省|州|盟|旗|镇|乡|街道"
)
_RANK = (
    "(?:总|支|大|中)队长|处长|科长|股长|所长|行长|检察长|会长|馆长|台长|社长|厅长|司长|署长|总裁|总监|总督学|总工程师|总会计师|总经济师|总规划师|总经理|董事长|院长|校长|站长|秘书长|指挥长|(?:区|县|市|省|州|盟|旗|镇|乡)长|书记|主席|主任|部长|局长|常委|党委委员|党组成员|委员|成员|"
    "(?:[一二三四]级)?(?:巡视员|调研员)"
)
_TITLE = re.compile(rf"(?:(?:{_OFFICE}|常务|代理|代|副|正|、|兼)*(?:{_RANK})(?:、|兼)?)+")
_RANKED = re.compile(rf"(?P<name>{_HAN}{{2,12}})\((?P<title>[^()]{{2,20}})\)")
_NAMES = r"[\u4e00-\u9fff·、,]"
_WORK = r"(?:的)?(?:重点|主要|具体|分管|领衔)?(?:工作|任务|事项|项目|督办)*(?:任务|分工|清单)?"
_VERB = r"(?:同志)?(?:牵头|领衔|负责|分管|包联|包抓|主抓|督办|领办|牵头负责|牵头推进|牵头督办)+"
_HEAD = re.compile(rf"^(?P<who>{_NAMES}{{2,32}}?){_VERB}{_WORK}[::]?$")
_GLUED = re.compile(rf"(?P<who>{_NAMES}{{2,32}}?){_VERB}(?:的)?重点(?:工作|任务|事项|项目)(?=\d{{1,3}}[.、])")
_LABELLED = re.compile(
    r"^(?:牵头)?(?:负责|责任|分管|牵头|领衔|包联|督办|联系)*(?:区|市|县|镇|省)?(?:政府)?领导(?:同志)?[::](?P<who>[^:]{2,40})$"
)
_BOXED = re.compile(
    rf"\((?:牵头|责任|分管|负责|包抓|包联|领衔|督办)+(?:区|市|县|镇|省)?(?:政府)?领导(?:同志)?[::](?P<who>[^()::]{{2,40}})\)$"
    rf"|\((?P<by>{_NAMES}{{2,24}}?)(?:同志)?(?:牵头|领衔|分管|主抓|包抓|负责)+\)$"
)
_SAID_BEFORE = re.compile(r"[。;!]|(?:单位|部门)[:：]")
"""What makes the words before such a bracket an item and no heading."""

_SPACED = re.compile(rf"(?:{_HAN}{{2,4}}|{_HAN}\s+{_HAN})(?:\s*(?:{_HAN}\s+{_HAN}|{_HAN}{{2,4}}))+")
_DOUBLE = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|闻人|独孤|南宫|赫连|澹台|宇文|长孙|轩辕|呼延|百里|拓跋"
)
_FULL = 4
"""Signs of a name that may be two."""

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪"
    "汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜"
    "郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜"
    "松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧"
    "牟佘覃粟谌亓禤揭迟苟栗晋楚綦鄢邸殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公佟年海岳帅涂肖闫付代尚仝楼隋芦苑郄郗郇"
)


_CALLED = re.compile(
    r"^(?P<title>(?:Deputy |Lord )?(?:Cllr|Councillor|Mayor|Alderman|Ald|Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Hon)\.?) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3})$"
)
"""An English name with what somebody is called before it."""


def person(text: str) -> tuple[str, str] | None:
    """(name, title) of 方某常务副区长 or 副区长方某; a title may be absent. None where the text is no person."""
    called = _CALLED.match(text.strip(" .,;"))
    if called:
        return called["name"], called["title"] or ""
    flat = squeeze(shadow(text)).strip("、:,。.;")
    flat = re.sub(r"同志$", "", flat)
    boxed = _RANKED.fullmatch(flat)
    if boxed and _TITLE.fullmatch(boxed["title"]):
        return _named(boxed["name"], boxed["title"])
    for found in _TITLE.finditer(flat):
        if found.end() == len(flat) and found.start():
            return _named(flat[: found.start()], found[0])
    before = _TITLE.match(flat)
    if before and before.end() < len(flat):
        return _named(flat[before.end() :], before[0])
    return _named(flat, "")


def _named(name: str, title: str) -> tuple[str, str] | None:
    if not re.fullmatch(rf"{_HAN}{{1,12}}", name):
        return None
    if len(name) > 4 and "·" not in name:
        return None
    if "·" in name and len(name) > 4 and not re.search(r"局|委|办|部|镇", name):
        return name, title.strip("、")
    if not title and (len(name) not in (2, 3, 4) or name[0] not in SURNAMES):
        return None
    if not title and len(name) == 4 and not _DOUBLE.match(name):
        return None
    if re.search(r"领导|单位|部门|小组|政府|区委|县委|市委|办公|责任|各|局$|委$|办$", name):
        return None
    return name, title.strip("、")


def people(text: str) -> list[tuple[str, str]]:
    """Everybody named in a list such as 张某某区长、李某某副区长; empty where one of them is no person."""
    one = person(text)
    if one and one[1] and (len(one[0]) < _FULL or _DOUBLE.match(one[0])):
        return [one]
    spaced = re.sub(r"[、,;/\n]+|\s+和\s*", " ", shadow(text).strip())
    if _SPACED.fullmatch(spaced):
        names = [squeeze(found) for found in re.findall(rf"{_HAN}\s+{_HAN}|{_HAN}{{2,3}}", spaced)]
        found = [person(name) for name in names]
        if len(names) > 1 and "".join(names) == squeeze(spaced) and all(found):
            return [each for each in found if each]
    whole = person(text)
    if whole:
        return [whole]
    each = [person(piece) for piece in re.split(r"[,;\n]", shadow(text)) if piece.strip()]
    if len(each) > 1 and all(each):
        return [found for found in each if found]
    out = [person(piece) for piece in re.split(r"[、,;/和\n]", re.sub(r"[ \t\u3000\xa0]", "", shadow(text))) if piece]
    return [each for each in out if each] if all(out) else []


def heading_leaders(text: str) -> list[tuple[str, str]]:
    """The leaders whom a heading (without its ordinal) names; empty for any other heading."""
    flat = squeeze(shadow(text)).rstrip("。.:;")
    flat = re.sub(r"\((?:共|计|合计)?\d{1,3}[项条件个][^()]{0,6}\)$", "", flat)
    boxed = _BOXED.search(flat)
    if boxed and not _SAID_BEFORE.search(flat, 0, boxed.start()):
        return people(boxed["who"] or boxed["by"])
    found = _HEAD.match(flat) or _LABELLED.match(flat)
    if not found:
        return []
    return people(found["who"])


def glued_heading_end(flat: str) -> int | None:
    """Where a leader's heading ends that has its first task glued to it; None where nothing is glued."""
    found = _GLUED.search(flat)
    return found.end() if found and people(found["who"]) else None
