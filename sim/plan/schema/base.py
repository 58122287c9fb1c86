"""What every input file is made of: strict models, ids, moments, labels, lengths of time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
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
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
EventName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")]
NormId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$")]
DateText = Annotated[
    str, StringConstraints(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
]
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
