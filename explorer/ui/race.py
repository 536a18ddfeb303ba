"""Which runs Explore shows for the race in the builder, and the data that the race's component is handed."""

import time
from collections.abc import Sequence
from typing import Any

from explorer.drawing.palette import COLOURS, LETTERS, css_ink
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import CARDS, NetworkSpec, Outline, Race, Shortcut, outline
from explorer.specs.graft import Change
from explorer.ui.builder.sidebar import load
from explorer.ui.builder.words import FIELDS, START
from explorer.ui.components.drawing import drawing
from explorer.ui.state import RUNS, SHOWN_RUNS, Kept

LANES = len(LETTERS)
PAST = {Change.INSERT: "inserted", Change.REMOVE: "removed"}
RACE = Kept("race", START)
"""The race that the builder described last."""
REFUSED = Kept("refused", "")
"""Why the race that was asked for last did not start."""
_SHOWN: Kept[Race | None] = Kept("staged_race", None)
"""The race whose runs were shown last."""


def runs_in_url(store: Store) -> list[Run]:
    """Return the runs that the address names, at most one a lane; unknown names are passed over."""
    named = (store.run(name) for name in RUNS.all()[:LANES])
    return [run for run in named if run is not None]


def adopt_link(store: Store) -> None:
    """Take over runs that the address names and this session has not seen: the builder follows them."""
    named = RUNS.all()
    if named and named != SHOWN_RUNS.get():
        if runs := runs_in_url(store):
            load(race_of(runs))
            _SHOWN.set(race_of(runs))
        SHOWN_RUNS.set(named)


def choose_shown(store: Store, race: Race, owner: str) -> list[Run]:
    """Return the runs of the address while the builder still describes them, else the latest of this race."""
    runs, shown = runs_in_url(store), _SHOWN.get() or race
    if not runs or race.fitted_networks != race_of(runs).fitted_networks or race.experiments != shown.experiments:
        runs = latest_runs(store, race, owner)
    show_runs(race, runs)
    return runs


def show_runs(race: Race, runs: Sequence[Run]) -> None:
    """Show these runs of a race from now on."""
    names = tuple(run.id for run in runs)
    _SHOWN.set(race)
    SHOWN_RUNS.set(names)
    RUNS.set(*names)


def race_of(runs: Sequence[Run]) -> Race:
    """Return the race that some runs make up; data, recipe and device are those of the first."""
    first = runs[0].experiment
    return Race(
        networks=tuple(run.experiment.network for run in runs), dataset=first.dataset, recipe=first.recipe, device=first.device
    )


def latest_runs(store: Store, race: Race, owner: str) -> list[Run]:
    """Return the newest runs of exactly this race: this browser's own, else the recorded ones, else none."""
    found = store.runs_of(race.experiments)
    own = [runs for runs in found if runs[0].owner == owner]
    recorded = [runs for runs in found if runs[0].recorded]
    return next(iter(own or recorded), [])


def race_data(race: Race, runs: Sequence[Run], problem: str, *, lecture: bool) -> dict[str, Any]:
    """Return what the component needs: one lane a network, with its run if there is one."""
    networks = race.fitted_networks
    started = next((run.created for run in runs if run.recorded), None)
    return {
        "title": title(networks) + _origin(runs),
        "lanes": [lane(index, network, runs) for index, network in enumerate(networks)],
        "steps": race.recipe.steps,
        "dataset": CARDS[race.dataset.name].title,
        "recorded_on": "" if started is None else time.strftime("%Y-%m-%d", time.gmtime(started)),
        "problem": problem,
        "invitation": "Not trained yet. Press Race to watch these networks learn.",
        "lecture": lecture,
    }


def _origin(runs: Sequence[Run]) -> str:
    """Return in words where initial weights come from that no seed gave."""
    origin = next((run.origin for run in runs if run.origin), None)
    if origin is None:
        return ""
    return f"; one block a stage {PAST[origin.change]} at step {origin.step}"


def title(networks: Sequence[NetworkSpec]) -> str:
    """Return in words what differs; {A} stands for the letter of a network in its colour."""
    names = [f"{network.title} {{{letter}}}" for letter, network in zip(LETTERS, networks, strict=False)]
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    differing = [name for name in FIELDS if len({getattr(network, name) for network in networks}) > 1]
    if len(networks) == 1:
        return joined
    if not differing:
        return f"{joined}: the same network"
    return f"{joined}: they differ in {' and '.join(_difference(name, networks) for name in differing)}"


def _difference(field: str, networks: Sequence[NetworkSpec]) -> str:
    values = [_word(getattr(network, field)) for network in networks]
    return f"{FIELDS[field]} ({', '.join(values)})"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Shortcut) and value is not Shortcut.NONE:
        return f"option {value}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def lane(index: int, network: NetworkSpec, runs: Sequence[Run]) -> dict[str, Any]:
    """Return one network as the components take it: letter, colours, drawing, facts, and its run if there is one."""
    form = outline(network)
    return {
        "letter": LETTERS[index],
        "colour": COLOURS[index],
        "ink": css_ink(index),
        "title": network.title,
        "drawing": drawing(form),
        "facts": _facts(form),
        "run": runs[index].id if index < len(runs) else None,
    }


def _facts(form: Outline) -> dict[str, Any]:
    return {
        "parameters": form.parameters,
        "macs": form.macs,
        "weighted_layers": len(form.weighted_layers),
        "shortcuts_text": f"{form.shortcuts}, {form.projections} projected" if form.projections else str(form.shortcuts),
        "receptive_field": form.receptive_field,
    }
