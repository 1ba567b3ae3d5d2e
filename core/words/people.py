"""Knows how joining, invitations and reach read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.cases.people import Joined, Newcomer, Reach
from core.rules.office import Office
from core.rules.people import Person, Post, Role
from core.words import terms
from core.words.html import Html, lines
from core.words.message import Button, Message, Paper, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

ROWS = 12
"""Units on one page of a list."""


def role_of(said: Voice, post: Post, unit: str = "") -> str:
    """区经信局联系人 / 督查员"""
    return said.plain(f"people.role_{post.role}", unit=unit, leader=post.leader_name or "")


def who_is(said: Voice, name: str, role: str) -> str:
    """Of two of one name, by what they are."""
    return said.plain("people.who_is", name=name, what=role)


def who_joined(said: Voice, name: str, role: str, joined: datetime | None) -> str:
    """Of two of one name at one desk, by when they joined (local time)."""
    if joined is None:
        return who_is(said, name, role)
    return said.plain("people.who_is", name=name, what=said.plain("people.who_joined", at=terms.moment(said, joined)))


def welcome_text(said: Voice, joined: Joined, office: Office) -> Html:
    unit = joined.unit.name if joined.unit else ""
    key = "people.welcome_again" if joined.again else "people.welcome"
    return lines(
        said(key, name=joined.person.name, role=role_of(said, joined.post, unit), office=office.name),
        said(f"people.next_{joined.post.role}"),
    )


NEWEST = 6
"""Newcomers of a day that are shown by name with a button; all of them are in /people."""


def joined_board(said: Voice, newcomers: Sequence[Newcomer]) -> Message:
    """Who joined today, in one message that grows; the newest can be undone at once."""
    if len(newcomers) == 1 and not newcomers[0].gone:
        new = newcomers[0]
        text = said("people.joined", name=new.person.name, role=role_of(said, new.post, new.unit))
        return Message(text, ((Button(said.plain("people.undo"), _undo(new)),),))
    shown = newcomers[-NEWEST:]
    rows = [
        said(
            "people.joined_gone" if new.gone else "people.joined_row",
            name=new.person.name,
            role=role_of(said, new.post, new.unit),
        )
        for new in shown
    ]
    head = said("people.joined_many", n=sum(not new.gone for new in newcomers))
    if len(shown) < len(newcomers):
        rows.insert(0, said("people.joined_before", n=len(newcomers) - len(shown)))
    buttons = [
        (Button(said.plain("people.undo_one", name=new.person.name), _undo(new)),) for new in shown if not new.gone
    ]
    if len(shown) < len(newcomers):
        buttons.append((Button(said.plain("people.see_all"), "people:0"),))
    return Message(lines(head, *rows), tuple(buttons))


def _undo(new: Newcomer) -> str:
    return f"undo_join:{new.person.id}:{new.post.role}:{new.post.unit_id or 0}"


def kept_row(said: Voice, kept: tuple[int, Sequence[str]] | None) -> Html | None:
    """How many units go on with the people of before, and which are new and need a link; None for a first notice."""
    if kept is None:
        return None
    units, new = kept
    names = said.plain("terms.comma").join(new[:8]) + ("…" if len(new) > 8 else "")
    return said("people.kept_new" if new else "people.kept", n=units, new=len(new), names=names)


def reach_message(
    said: Voice, rows: Sequence[Reach], page: int = 0, kept: tuple[int, Sequence[str]] | None = None
) -> Message:
    """Counts first, then the units that can't be reached with what hangs on them. `kept`: see kept_row."""
    joined = [row for row in rows if row.state == "joined"]
    lost = [row for row in rows if row.state != "joined"]
    shown, page, pages = paged(lost, page, ROWS)
    head = said(
        "people.reach",
        joined=len(joined),
        all=len(rows),
        never=sum(row.state == "never" for row in rows),
        blocked=sum(row.state == "blocked" for row in rows),
        left=sum(row.state == "left" for row in rows),
        away=sum(row.state == "away" for row in rows),
        tasks=sum(row.leading for row in lost),
    )
    listed = [
        said(
            f"people.reach_{row.state}",
            unit=row.unit.name,
            leading=row.leading,
            assisting=row.assisting,
            who=said.plain("terms.comma").join(row.people),
        )
        for row in shown
    ]
    buttons = turning(said, "reach", page, pages)
    if lost:
        buttons += ((Button(said.plain("people.invite_missing"), "invites:missing"),),)
    else:
        listed = [said("people.reach_all")]
    return Message(lines(head, kept_row(said, kept) if page == 0 else None, *listed), buttons)


def invites_menu(said: Voice, missing: int, units: int, owner: bool) -> Message:
    buttons = [
        (Button(said.plain("people.invite_all", n=units), "invites:all"),),
        (Button(said.plain("people.invite_missing_n", n=missing), "invites:missing"),),
        (Button(said.plain("people.invite_one"), "invites:one:0"),),
        (
            Button(said.plain("people.invite_supervisor"), "invites:supervisor"),
            Button(said.plain("people.invite_leader"), "invites:leader"),
        ),
    ]
    if not owner:
        buttons = buttons[:3] + [(Button(said.plain("people.invite_leader"), "invites:leader"),)]
    buttons.append((Button(said.plain("people.invite_open"), "invites:open:0"),))
    return Message(said("people.invites"), tuple(buttons))


def invite_sheet(said: Voice, rows: Sequence[tuple[str, str, str]], days: int) -> Message:
    """A sheet with link and QR picture per unit; `rows` are (unit, role, link)."""
    paper = Paper(
        "invites.xlsx",
        said.plain("people.sheet_name"),
        {
            "lang": said.lang,
            "title": said.plain("people.sheet_title"),
            "notes": [said.plain("people.sheet_note", days=days)],
            "rows": [{"unit": unit, "role": role, "link": link} for unit, role, link in rows],
        },
    )
    return Message(said("people.sheet", n=len(rows), days=days), paper=paper)


def invite_message(said: Voice, role: str, link: str, invite_id: int, days: int) -> Message:
    """One link with its QR picture, to hand on."""
    paper = Paper("qr.png", "qr.png", {"text": link}, picture=True)
    return Message(
        said("people.invite", role=role, link=link, days=days),
        ((Button(said.plain("people.revoke"), f"revoke:{invite_id}"),),),
        paper=paper,
    )


def revoked_message(said: Voice, role: str) -> Message:
    """What stands under the QR picture once its link is void."""
    return Message(said("people.revoked_invite", role=role), paper=Paper("qr.png", "qr.png", {}, picture=True))


def people_message(said: Voice, people: Sequence[Person], units: dict[int, str], page: int) -> Message:
    """Who holds which post, with a page of buttons to take one back."""
    posts = [(person, post) for person in people for post in person.posts]
    names = {person.id: person.name for person in people}
    size = 8
    shown, page, pages = paged(posts, page, size)
    listed = [_row(said, person, post, units, names) for person, post in shown]
    buttons = tuple(
        (
            Button(
                fit_label(
                    said.plain(
                        "people.remove", name=person.name, role=role_of(said, post, units.get(post.unit_id or 0, ""))
                    )
                ),
                f"unjoin?:{person.id}:{post.role}:{post.unit_id or 0}",
            ),
        )
        for person, post in shown
        if post.acting_for is None  # a deputy's post ends with the leave
    )
    head = said("people.list", n=len(people), page=page + 1, pages=pages)
    return Message(lines(head, *listed), buttons + turning(said, "people", page, pages))


def _row(said: Voice, person: Person, post: Post, units: dict[int, str], names: dict[int, str]) -> Html:
    role = role_of(said, post, units.get(post.unit_id or 0, ""))
    if post.acting_for is not None:
        return said("people.row_acting", name=person.name, role=role, whom=names.get(post.acting_for, ""))
    if person.away and not person.unreachable:
        until = terms.day(said, person.away, weekday=False)
        return said("people.row_away", name=person.name, role=role, until=until)
    return said("people.row_lost" if person.unreachable else "people.row", name=person.name, role=role)


def remove_question(said: Voice, person: Person, post: Post, unit: str) -> Message:
    fields = f"{person.id}:{post.role}:{post.unit_id or 0}"
    return Message(
        said("people.remove_sure", name=person.name, role=role_of(said, post, unit)),
        ((Button(said.plain("people.remove_yes"), f"unjoin:{fields}"), Button(said.plain("people.keep"), "people:0")),),
    )


def unit_choice(said: Voice, units: Sequence[tuple[int, str]], page: int = 0) -> Message:
    """Units as buttons, a page at a time; each offers a contact's and a head's link."""
    size = 8
    shown, page, pages = paged(units, page, size)
    buttons = tuple(
        (
            Button(name, f"invite:{Role.CONTACT}:{unit_id}"),
            Button(said.plain("people.head"), f"invite:{Role.HEAD}:{unit_id}"),
        )
        for unit_id, name in shown
    )
    return Message(said("people.choose_unit"), buttons + turning(said, "invites:one", page, pages))


def leader_choice(said: Voice, leaders: Sequence[tuple[int, str]]) -> Message:
    return Message(
        said("people.choose_leader"), tuple((Button(name, f"invite:leader:{number}"),) for number, name in leaders)
    )


def open_list(said: Voice, rows: Sequence[tuple[int, str, str]], page: int) -> Message:
    """Links not used yet; `rows` are (id, role, last day)."""
    size = 8
    shown, page, pages = paged(rows, page, size)
    buttons = tuple((Button(said.plain("people.revoke_one", role=role), f"revoke:{i}:list"),) for i, role, _ in shown)
    listed = [said("people.open_row", role=role, until=until) for _, role, until in shown]
    head = said("people.open", n=len(rows)) if rows else said("people.open_none")
    return Message(lines(head, *listed), buttons + turning(said, "invites:open", page, pages))
