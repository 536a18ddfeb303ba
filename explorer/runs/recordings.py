"""Recorded races that the app ships, so that nothing is ever empty: read once into the store, labelled as recorded."""

import json
from pathlib import Path

from explorer.runs.events import Checkpoint
from explorer.runs.lines import from_line
from explorer.runs.records import Run, RunState
from explorer.runs.store import Store
from explorer.specs import Experiment


def import_recordings(store: Store, folder: Path) -> None:
    """Bring every recorded race of a folder into the store; those already there are left alone.

    `races.json` maps the name of a race to its networks in order and the day it was recorded (epoch seconds). Each
    NAME.jsonl holds the experiment and then what `residual-explorer train --json` printed; NAME.safetensors holds the
    weights of its last step.
    """
    index = folder / "races.json"
    if not index.is_file():
        return
    for race, entry in json.loads(index.read_text()).items():
        if not store.race(f"recorded-{race}"):
            for lane, name in enumerate(entry["networks"]):
                _import(store, folder / name, f"recorded-{race}", lane, float(entry["recorded"]))


def _import(store: Store, path: Path, race: str, lane: int, created: float) -> None:
    first, *lines = path.with_suffix(".jsonl").read_text().splitlines()
    experiment = Experiment.model_validate(json.loads(first)["experiment"])
    name = f"{race}-{path.name}"
    store.add_runs([Run(name, race, lane, "", experiment, RunState.FINISHED, created, recorded=True)])
    told = (line for line in map(json.loads, lines) if line["event"] != "checkpoint")
    store.record(name, [from_line({key: value for key, value in line.items() if key != "run"}) for line in told])
    weights = path.with_suffix(".safetensors").read_bytes()
    store.record(name, [Checkpoint(experiment.recipe.steps, weights, b"")])
    store.date(name, created)
