"""Names as people write them: with blanks, in either case, at the beginning of what they say or anywhere."""

from datetime import date

import pytest

from core.rules.absences import read_leave
from core.rules.calendar import WorkCalendar
from core.rules.names import begins_with, expected_name, named_in, without_names
from core.rules.people import Person
from core.rules.refs import opening_ref, without_ref


def people(*names: str) -> list[Person]:
    return [Person(n, 1, n, n, name) for n, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("said", "who", "rest"),
    [
        ("Zhang San until May 20", ["Zhang San"], " until May 20"),
        ("zhang  san 3 days", ["Zhang San"], " 3 days"),
        ("Zhang Sanfeng until May 20", ["Zhang Sanfeng"], " until May 20"),
        ("替张三到5月20日", ["张三"], "到5月20日"),
        ("张 三丰 到5月20日", ["张三丰"], " 到5月20日"),
        ("for Zhang San until May 20", ["Zhang San"], " until May 20"),
        ("由张三代理 到5月20日", [], "由张三代理 到5月20日"),
        ("到5月20日", [], "到5月20日"),
    ],
)
def test_whose_leave_it_is_stands_at_the_beginning(said: str, who: list[str], rest: str) -> None:
    found, left = begins_with(said, people("张三", "张三丰", "Zhang San", "Zhang Sanfeng"))
    assert ([person.name for person in found], left) == (who, rest)


def test_namesakes_are_all_found_and_names_within_names_are_not() -> None:
    cast = people("王五", "王五", "王五一", "Li Si")
    assert [p.id for p in begins_with("王五 到5月20日", cast)[0]] == [1, 2]
    assert [p.name for p in named_in("王五一 li si", cast)] == ["王五一", "Li Si"]
    assert without_names("张三 Li  Si 周七", ["Li Si"]).split() == ["张三", "周七"]
    assert expected_name("Li Si until Mar 17") == "Li Si" and expected_name("李四到3月17日") == "李四"


@pytest.mark.parametrize(
    ("said", "deputy"),
    [
        ("May 10 to May 20, deputy Anna Maria Schmidt", "Anna Maria Schmidt"),
        ("until May 20, deputy zhang  san", "Zhang San"),
        ("deputy Zhang San May 10 to May 20", "Zhang San"),
        ("5月10日到5月20日，由王五一代理", "王五一"),
        ("5月10日到5月20日，由王五同志代理", "王五"),
        ("5月10日到5月20日，由王五科长代理", "王五"),
        ("5月10日到5月20日，代理人买买提·阿不都", "买买提·阿不都"),
    ],
)
def test_the_deputy_is_the_whole_name_that_was_written(said: str, deputy: str) -> None:
    leave = read_leave(said, date(2023, 5, 8), WorkCalendar(), ["王五", "Zhang San"])
    assert leave.deputy == deputy and (leave.first, leave.last) in (
        (date(2023, 5, 10), date(2023, 5, 20)),
        (date(2023, 5, 8), date(2023, 5, 20)),
    )


@pytest.mark.parametrize(
    ("said", "ref", "rest"),
    [
        ("2-2：已开工", "2-2", "已开工"),
        ("2—2，已开工", "2-2", "已开工"),
        ("2-2 已开工", "2-2", "已开工"),
        ("2-2家已开工", "", "2-2家已开工"),
        ("已开工", "", "已开工"),
        ("2-3：已开工", "2-3", "2-3：已开工"),
    ],
)
def test_a_report_that_begins_with_its_ref(said: str, ref: str, rest: str) -> None:
    assert (opening_ref(said), without_ref(said, "2-2")) == (ref, rest)
