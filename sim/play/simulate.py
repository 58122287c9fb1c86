"""Play one drill: the function that planners' commands and notebooks call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.plan.workspace import LoadedRoster, LoadedScenario, load_roster
from sim.play.draws import SCHEME
from sim.play.engine import Engine, draws_for
from sim.record.manifest import make_manifest, plan_for
from sim.record.timeline import Timeline


def simulate(
    scenario: LoadedScenario,
    roster: LoadedRoster | None = None,
    *,
    seed: int = 1,
    replication: int = 0,
    expected: bool = False,
    overrides: Mapping[str, Any] | None = None,
) -> Timeline:
    """Play `scenario` once with `roster` (by default the built-in one) and return its timeline.

    The same inputs, `seed` and `replication` give the same timeline. With `expected` every draw takes its median.
    `overrides` replace local assumptions of strength.yaml by path, for this run only; InputError if one cannot be.
    """
    roster = roster or load_roster()
    given = dict(overrides or {})
    plan = plan_for(roster.model, scenario.model, given)
    manifest = make_manifest(
        roster, scenario, given, seed=seed, replication=replication, expected=expected, scheme=SCHEME
    )
    engine = Engine(plan)
    raw = engine.play(draws_for(seed, replication, expected=expected))
    return Timeline(plan, engine.rows(raw, manifest["run"], replication), manifest)
