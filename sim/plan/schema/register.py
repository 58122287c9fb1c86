"""roster/annex3.yaml: posts, bodies and units with their official cells, and how this project reads them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.plan.schema.base import (
    ActorName,
    DutyId,
    Expression,
    FactId,
    Label,
    Model,
    NeedId,
    Phase,
    StageRef,
    Text,
    Value,
)


class Effects(Model):
    """Facts written: `set` gives a value, `add` raises a count."""

    set: dict[FactId, Value] = {}
    add: dict[FactId, Annotated[int, Field(ge=1)]] = {}


class Batch(Model):
    """A duty that serves people in batches: `takes` counts those in need, `gives` those served."""

    takes: FactId
    gives: FactId
    size: Annotated[int, Field(ge=1)] = 1


class Reads(Model):
    """How this project reads a clause, so that it can be played; none of this is law."""

    serves: NeedId
    role: Literal["lead", "support"]
    starts: Literal["alarm", "order"] = "order"
    place: Literal["scene", "office"] = "scene"
    form: Literal["once", "batch", "sustained", "repeated"] = "once"
    batch: Batch | None = None
    condition: Expression | None = None
    standby: Expression | None = (
        None  # while it holds and no need is raised yet, the unit musters and stands by
    )
    after: list[StageRef] = []
    sees: list[FactId] | None = None  # None: at the scene the facts of its need, in an office nothing
    achieves: Effects = Effects()
    priority: Annotated[int, Field(ge=0, le=9)] | None = None  # None: the priority of its need
    signed: bool = False  # its result counts only once it is approved
    publishes: bool = False  # its end tells the public what the office holds
    each: Literal["inject"] | None = None  # one task for every arrival of an inject that names the duty
    note: Text | None = None


class Duty(Model):
    """One clause of an official cell. `quote` is law, word for word; `reads` is our reading of it.

    A duty without `reads` is registered and reported but never dispatched: `outside` says why (its phase lies
    before the drill, the command process itself performs it, or its words exclude the play).
    """

    name: Label
    quote: Text | None = None  # None only for guest units, who have no official cell
    phase: Phase
    reads: Reads | None = None
    outside: Literal["phase", "command", "words", "later"] | None = None
    note: Text | None = None


class Post(Model):
    """A post of the command structure, keyed by its holder's office."""

    title: Text
    number: Annotated[int, Field(ge=1)]
    en: Text


class Body(Model):
    """A body or unit with its official cell, verbatim."""

    number: Annotated[int, Field(ge=1)]
    en: Text
    official: Text
    duties: dict[DutyId, Duty]


class Subject(Model):
    """Something that lies outside what the plan is for; a clause that says one of `words` names it."""

    label: Label
    words: Annotated[list[Text], Field(min_length=1)]
    why: Label


class Missing(Model):
    """Somebody whom such an accident calls for; the plan has them if a member's name says one of `words`."""

    label: Label
    words: Annotated[list[Text], Field(min_length=1)]
    needs: list[NeedId] = []
    why: Label


class Scope(Model):
    """What the plan is for, so that it can be checked against its own words. Our reading, not law.

    `grade` is the grade of accidents that its headquarters commands, `grades` every word of grade that a clause
    may use.
    """

    grade: Text
    grades: list[Text]
    outside: dict[FactId, Subject] = {}
    actors: dict[FactId, Missing] = {}


class Substitution(Model):
    """The plan's own words on who stands in for the commander, and the holders that they name, in order."""

    quote: Text
    order: list[ActorName] = []


class Register(Model):
    """The plan's command structure: posts, bodies and member units."""

    title: Text
    source: Text
    scope: Scope | None = None
    substitution: Substitution | None = None
    posts: dict[ActorName, Post]
    bodies: dict[ActorName, Body]
    units: dict[ActorName, Body]
