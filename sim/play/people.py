"""Who holds a post, where that person is needed, and who acts when the post is empty (SEMANTICS 25).

A person is in one place and does one thing at a time: signing holds the person, and a role elsewhere cannot be taken
on beside one that is held. Without people in the arrangements a post is only a name with an absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import simpy

from sim.plan.compiled import Absence, Person
from sim.play.recorder import ENGINE_KEY, Key, Raw

if TYPE_CHECKING:
    from sim.play.drill import Drill

HEADQUARTERS: Final = "headquarters"
SCENE: Final = "scene"


class People:
    """The holders of posts in one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self.all = drill.plan.arrangements.people
        self._at = {person.name: place for place, person in enumerate(self.all)}
        self.roles: dict[str, tuple[str, str]] = {}  # person → what they are needed as, and where
        self.acting = ""  # who acts for the commander, once somebody does
        self.sought: list[
            tuple[Key, str, Raw, int, simpy.Event]
        ] = []  # who looks for somebody to sign in place of a post, and who of the actors calls

    def person(self, name: str) -> Person | None:
        """Return the person who holds a post, None where the arrangements name nobody."""
        place = self._at.get(name)
        return None if place is None else self.all[place]

    def pool(self, name: str) -> int:
        """Return the pool that holds the one person of that name, −1 for none."""
        place = self._at.get(name)
        return -1 if place is None else self.drill.operators_pool + 1 + place

    def state(self, name: str) -> str:
        """Return whether a post is present, away (answers the telephone) or unreachable now."""
        now = self.drill.now
        for absence in self._absences(name):
            if absence.begin <= now < absence.end:
                return absence.state
        return "present"

    def _absences(self, name: str) -> tuple[Absence, ...]:
        person, command = self.person(name), self.drill.plan.command
        if person is not None:
            return person.absences
        return command.absences if name == command.commander else ()

    # --- roles that need a person to be somewhere

    def take(self, name: str, role: str, where: str, cause: Raw, *, lasting: bool = True) -> bool:
        """Give a person a role somewhere; return whether they can take it. One that is not lasting leaves no trace.

        A person who is needed elsewhere already keeps that role, and the row says that one person is needed twice.
        """
        held = self.roles.get(name)
        if held is None or held[1] == where:
            if lasting:
                self.roles[name] = (role, where)
            return True
        detail = {"person": name, "roles": sorted((held[0], role)), "kept": held[0]}
        actor = self.drill.plan.command.actor
        self.drill.log(ENGINE_KEY, "needed_twice", cause, actor=actor, detail=detail)
        return False

    def leave(self, name: str, role: str) -> None:
        """End a role of a person, if it is the one that the person has."""
        if self.roles.get(name, ("", ""))[0] == role:
            del self.roles[name]

    def in_order(self, by: str) -> Iterator[Person]:
        """Yield people in order of substitution (`order`) or of going to the scene (`field`); some have none."""
        ranked = [person for person in self.all if getattr(person, by)]
        yield from sorted(ranked, key=lambda person: (getattr(person, by), person.name))

    def seek(self, key: Key, post: str, row: Raw, caller: int) -> simpy.Event:
        """Return an event whose value is who signs in place of a post, nothing where the acting body itself does.

        It is decided while the wave is settled, in the order of keys: two who seek at one instant find the same.
        """
        event = self.drill.event()
        self.sought.append((key, post, row, caller, event))
        self.drill.want_settle()
        return event

    def settle(self) -> None:
        """Decide who signs, for all who have sought somebody in this wave."""
        sought, self.sought = sorted(self.sought, key=lambda one: one[0]), []
        for _, post, row, caller, event in sought:
            event.succeed(self._stand_in(post, row, self.drill.networks.mute(caller) >= 0))

    def _stand_in(self, post: str, cause: Raw, mute: bool) -> str:
        """The head of the body that acts for the commander, else the next in order who can be reached.

        Who acts for the commander does so from then on; who signs a letter for another post has signed a letter.
        Where nobody can be phoned (`mute`) only a head who is on the spot is asked.
        """
        acting, commands = self.drill.plan.command.acting, post == self.drill.plan.command.commander
        heads = [person for person in self.all if person.heads == acting]
        others = [person for person in self.in_order("order") if person not in heads]
        out_of_reach = ("unreachable", "away") if mute else ("unreachable",)
        for person in heads if mute else (*heads, *others):
            if person.name == post or self.state(person.name) in out_of_reach:
                continue
            if self.take(person.name, "acting", HEADQUARTERS, cause, lasting=commands):
                if commands:
                    self.acting = person.name
                return person.name
        return ""
