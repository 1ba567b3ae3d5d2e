"""Knows how people of the same name are told apart: by what they are, else by when they joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.rules.people import Person
from core.words import people as words
from core.words.voice import Voice
from core.work import Work


def labels(work: Work, said: Voice, people: Sequence[Person]) -> dict[int, str]:
    """{person: the name to choose them by}; a name borne once stands alone."""
    names = Counter(person.name for person in people)
    shared = [person for person in people if names[person.name] > 1]
    roles = {person.id: _roles(work, said, person) for person in shared}
    alike = Counter((person.name, roles[person.id]) for person in shared)
    out = {person.id: person.name for person in people}
    for person in shared:
        what = roles[person.id]
        if not what or alike[person.name, what] > 1:
            joined = [e.at for e in work.history.of("person", person.id) if e.what == "joined"]
            at = work.office.local(joined[-1]) if joined else None
            out[person.id] = words.who_joined(said, person.name, what, at)
        else:
            out[person.id] = words.who_is(said, person.name, what)
    return out


def _roles(work: Work, said: Voice, person: Person) -> str:
    own = [post for post in person.posts if post.acting_for is None]
    units = {post.unit_id: work.notices.unit(post.unit_id) for post in own if post.unit_id}
    named = [words.role_of(said, post, unit.name if (unit := units.get(post.unit_id or 0)) else "") for post in own]
    return said.plain("terms.comma").join(dict.fromkeys(named))
