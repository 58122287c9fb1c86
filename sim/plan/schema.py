"""The shape of every input file, as pydantic models: the one place that says which keys exist.

Files are mappings keyed by id, so the order of keys never means anything. YAML keys are written with hyphens
(``off-duty``), attributes with underscores. Meaning that spans files is checked in `sim.plan.checks`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from sim.plan.durations import DurationError, parse_duration


def _hyphened(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """Strict, frozen, and known by its hyphened keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=_hyphened, populate_by_name=True
    )


def _duration(text: str) -> str:
    try:
        parse_duration(text)
    except DurationError as fault:
        raise PydanticCustomError(fault.code, "{text}", {"text": text}) from None
    return text


_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9]"

FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
NeedId = FactId
DutyId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
InjectId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]+$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
ActorName = Annotated[str, StringConstraints(pattern=r"^[^\s=+\-@\"',;:/\\<>|{}\[\]]{1,30}$")]
Stage = Literal["triggered", "ordered", "acknowledged", "departed", "arrived", "started", "finished"]
StageRef = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\.(acknowledged|departed|arrived|started|finished)$"
    ),
]
DurationText = Annotated[str, AfterValidator(_duration)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
ClockText = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}$")]
AtText = Annotated[str, StringConstraints(pattern=rf"^(T\+[0-9]+(\.[0-9]{{1,3}})?|{_CLOCK})$")]
Value = bool | int | float | str
Phase = Literal["prevention", "warning", "response", "recovery", "standing"]
Grade = Literal["measured", "standard", "expert", "guess"]
Status = Literal[
    "found", "found-secondary", "memory", "computed", "assumption", "mixed", "not-found", "local"
]


class Label(Model):
    """A name in both languages."""

    zh: Text
    en: Text


# --- roster/annex3.yaml -------------------------------------------------------------------------------


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
    after: list[StageRef] = []
    sees: list[FactId] | None = None  # None: at the scene the facts of its need, in an office nothing
    achieves: Effects = Effects()
    priority: Annotated[int, Field(ge=0, le=9)] | None = None  # None: the priority of its need
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


class Register(Model):
    """The plan's command structure: posts, bodies and member units."""

    title: Text
    source: Text
    posts: dict[ActorName, Post]
    bodies: dict[ActorName, Body]
    units: dict[ActorName, Body]


# --- roster/needs.yaml --------------------------------------------------------------------------------


class Fact(Model):
    """One quantity of the situation. Counts are cumulative and never fall."""

    kind: Literal["flag", "count", "quantity", "category"]
    label: Label
    default: Value | None = None  # None: false, 0, 0.0, or the first value of a category
    unit: Text | None = None
    min: float | None = None
    max: float | None = None
    values: dict[FactId, Label] = {}


class Need(Model):
    """What the situation demands: raised when `when` and not `until`, over when `until` (default not when)."""

    label: Label
    when: Expression
    until: Expression | None = None
    priority: Annotated[int, Field(ge=1, le=8)]
    lead: Literal["required", "optional"] = "required"
    phase: Literal["warning", "response", "recovery"] = "response"


class Needs(Model):
    """The vocabulary of facts and needs."""

    facts: dict[FactId, Fact]
    needs: dict[NeedId, Need]


# --- roster/strength.yaml -----------------------------------------------------------------------------


class Source(Model):
    """Where an assumption comes from, and how sure we are."""

    grade: Grade
    text: Text


class Timed(Model):
    """One length of time with its source."""

    time: DurationText
    src: Slug


class Muster(Model):
    """From acknowledgement with a team in hand to departure, by the roster at that clock time."""

    duty: DurationText
    off_duty: DurationText
    src: Slug


class Travel(Model):
    """Base to scene, by the zone of the site."""

    urban: DurationText
    township: DurationText
    src: Slug


class Answer(Model):
    """How a unit answers: chance a try, tries, then the next channels in order of rank."""

    chance: Annotated[float, Field(ge=0, le=1)]
    tries: Annotated[int, Field(ge=1, le=20)]
    then: list[Slug] = []
    src: Slug


class Channel(Model):
    """A further channel: a voice channel holds an operator; a runner (`operator: false`) only takes time."""

    label: Label
    operator: bool = True
    chance: Annotated[float, Field(ge=0, le=1)] = 1.0
    tries: Annotated[int, Field(ge=1, le=20)] = 1
    time: DurationText
    src: Slug


class Work(Model):
    """How long a duty takes: `setup` from arrival to start, `time` of the work or of one cycle, `every`."""

    time: DurationText = "0 min"
    setup: DurationText = "0 min"
    every: DurationText | None = None
    uses: dict[FactId, Annotated[int, Field(ge=1)]] = {}
    src: Slug


class TeamCount(Model):
    """How many teams of a kind a unit has."""

    count: Annotated[int, Field(ge=1, le=1000)]
    src: Slug


class UnitStrength(Model):
    """What one unit has; whatever is missing comes from `defaults`."""

    at: Text | None = None
    staffed: Literal["always", "office"] | None = None
    teams: dict[FactId, TeamCount] = {}
    answer: Answer | None = None
    acknowledge: Timed | None = None
    muster: Muster | None = None
    travel: Travel | None = None
    work: dict[DutyId, Work] = {}


class Defaults(Model):
    """What a unit is assumed to have where it says nothing."""

    staffed: Literal["always", "office"]
    answer: Answer
    acknowledge: Timed
    muster: Muster
    travel: Travel


class Hours(Model):
    """Office hours; outside them, and on days not listed, units muster off duty."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]
    begin: ClockText
    end: ClockText
    src: Slug


class Operators(Model):
    """People at the duty desk, in and out of office hours."""

    duty: Annotated[int, Field(ge=1, le=100)]
    off_duty: Annotated[int, Field(ge=1, le=100)]
    src: Slug


class Desk(Model):
    """The duty desk: who sits there and how long each of its steps takes."""

    body: ActorName
    operators: Operators
    receive: Timed
    report_up: Timed
    phone_leader: Timed
    verify: Timed
    assess: Timed


class Calls(Model):
    """A call out: how long when answered, when not, and the pause before the next try."""

    answered: Timed
    unanswered: Timed
    redial: Timed
    report: Timed  # delay of a report from the scene


class Broadcast(Model):
    """One message to all: time to send, and time until a receiver has read it."""

    send: Timed
    receipt: Timed


class Command(Model):
    """The command process: who decides, when a response is started, how members are informed."""

    body: ActorName
    acting: ActorName  # the body that acts when the commander cannot be reached
    commander: ActorName  # a post
    activate_when: Expression
    approve: Timed
    tries: Annotated[int, Field(ge=1, le=20)]
    next: Timed  # wait after a failed try before the next one
    inform: Literal["calls", "broadcast"]
    broadcast: Broadcast | None = None
    src: Slug


class Strength(Model):
    """Local capability; every figure names its source. None of it is official."""

    sources: dict[Slug, Source]
    hours: Hours
    desk: Desk
    calls: Calls
    command: Command
    channels: dict[Slug, Channel] = {}
    defaults: Defaults
    units: dict[ActorName, UnitStrength]


# --- roster/norms.yaml --------------------------------------------------------------------------------


class Norm(Model):
    """A time limit with its source. Without `of` it is registered for reference; without `within` (立即)
    it is never judged in minutes; `judged: false` shows it beside the times without judging."""

    label: Label
    of: DutyId | None = None  # a duty, or a step of the desk such as desk.report_up
    from_: Stage | None = None
    to: Stage | None = None
    within: DurationText | None = None
    text: Text | None = None
    basis: Text
    status: Status
    judged: bool = True
    note: Text | None = None


class Norms(Model):
    """Every limit the office is held to."""

    norms: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")], Norm]


# --- scenarios/*.yaml ---------------------------------------------------------------------------------


class Site(Model):
    """Where it happens; names are fictional."""

    name: Text
    industry: Text
    location: Text
    zone: Literal["urban", "township"]


class Guest(Model):
    """A unit that Annex 3 does not name but that is on stage, with its duties and its strength."""

    en: Text
    duties: dict[DutyId, Duty] = {}
    strength: UnitStrength = UnitStrength()


class Absence(Model):
    """A post that cannot be present: `away` answers the phone, `unreachable` does not."""

    state: Literal["away", "unreachable"]
    from_: AtText = "T+0"
    to: AtText | None = None  # None: until the horizon
    note: Text | None = None


class Conditions(Model):
    """What is not as usual on the day."""

    absent: dict[ActorName, Absence] = {}


class After(Model):
    """A delay after an event: an inject, ``activated``, ``terminated`` or a stage of a duty."""

    event: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")]
    delay: DurationText = "0 min"


class Window(Model):
    """When a contingency inject may fire."""

    from_: AtText = "T+0"
    to: AtText | None = None


class Arrivals(Model):
    """An inject that recurs, its gaps drawn one after another, until `until` (for queues and benchmarks)."""

    every: DurationText
    until: AtText


class Expected(Model):
    """What a unit should do after the inject, by when (measured from the inject)."""

    who: ActorName
    does: Text  # a stage of a duty, such as fire.rescue.departed, or words for the control to judge
    within: DurationText | None = None
    basis: Text | None = None


class Ask(Model):
    """The question put to the table."""

    question: Text
    points: list[Text]
    clause: Text | None = None


class Inject(Model):
    """An event the exercise control puts into play: what it makes true, and what it tells its receivers."""

    at: AtText | None = None
    after: After | None = None
    when: Expression | None = None
    unless: Expression | None = None
    window: Window | None = None
    arrivals: Arrivals | None = None
    from_: Text
    to: list[ActorName]
    channel: Text
    title: Text
    message: Text
    makes: Effects = Effects()
    tells: dict[FactId, Value] = {}
    starts: list[DutyId] = []  # duties with `each: inject`: one task an arrival
    expect: list[Expected] = []
    ask: Ask | None = None
    objective: Annotated[str, StringConstraints(pattern=r"^O[0-9]+$")] | None = None
    notes: Text | None = None


class Hazard(Model):
    """While a condition holds: every period one more change, at most so many."""

    label: Label
    while_: Expression
    every: DurationText
    set: dict[FactId, Value] = {}
    add: dict[FactId, Annotated[int, Field(ge=1)]] = {}
    at_most: Annotated[int, Field(ge=1)] | None = None


class End(Model):
    """The response may be terminated once `when` has held on headquarters' picture for `hold`."""

    when: Expression
    hold: DurationText = "10 min"


class Scenario(Model):
    """One drill: what happens, to whom, and what the office should learn from it."""

    id: Slug
    title: Label
    summary: Text
    purpose: Literal["示范性", "检验性", "研究性"]
    scripted: bool = False
    start: Annotated[
        str,
        StringConstraints(
            pattern=r"^(19|20|21)[0-9]{2}(-[0-9]{2}){2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$"
        ),
    ]
    horizon: DurationText
    site: Site
    objectives: dict[Annotated[str, StringConstraints(pattern=r"^O[0-9]+$")], Text] = {}
    facts: dict[FactId, Value] = {}
    guests: dict[ActorName, Guest] = {}
    participants: dict[ActorName, Literal["参演", "旁听", "由导调扮演"]] = {}
    conditions: Conditions = Conditions()
    injects: dict[InjectId, Inject]
    hazards: dict[InjectId, Hazard] = {}
    end: End | None = None
    network: bool = False  # preset: no command, calls, acknowledgement, muster or travel; orders at once
    assume: dict[str, Value] = {}  # overrides of local assumptions: path in strength.yaml → value
    notes: Text | None = None

    def start_time(self) -> datetime:
        """The start with its zone."""
        return datetime.fromisoformat(self.start)


class Roster(Model):
    """What the office has: the four files of `roster/` together."""

    register_: Register
    needs: Needs
    strength: Strength
    norms: Norms
