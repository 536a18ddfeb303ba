"""The same capabilities without a browser: `residual-explorer`, or `python -m explorer`.

A stable contract: `--json` prints machine-readable lines; bad input exits 2 with one clear sentence.
"""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from explorer import __version__
from explorer.runs.events import Evaluation, Event, Finished, Step
from explorer.runs.export import EXPORTS, export_run
from explorer.runs.lines import to_line, to_words
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import (
    Augmentation,
    Block,
    DatasetName,
    DatasetSpec,
    DeviceChoice,
    NetworkSpec,
    Normalisation,
    Optimiser,
    Order,
    Precision,
    Race,
    Recipe,
    Schedule,
    Shortcut,
    outline,
    sentences,
    settings,
)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
_RECIPE = Recipe()

Depth = Annotated[int, typer.Option(help="Weighted layers: 6n+2 for basic, 9n+2 for bottleneck blocks.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print machine-readable lines.")]


@app.command()
def describe(
    depth: Depth = 56,
    block: Block = Block.BASIC,
    order: Order = Order.POST,
    shortcut: Shortcut = Shortcut.A,
    width: int = 16,
    normalisation: Normalisation = Normalisation.BATCH,
    branch_scale: float = 1.0,
    zero_last_gain: bool = False,
    input_shape: Annotated[str, typer.Option("--input", help="Channels, height and width: 3x32x32.")] = "3x32x32",
    classes: int = 10,
    as_json: AsJson = False,
) -> None:
    """Count parameters, multiply-adds, layers and shortcuts of a network."""
    spec = NetworkSpec(
        depth=depth, block=block, order=order, shortcut=shortcut, width=width, normalisation=normalisation,
        branch_scale=branch_scale, zero_last_gain=zero_last_gain, input_shape=_shape(input_shape), classes=classes,
    )  # fmt: skip
    form = outline(spec)
    counted = {
        "title": spec.title,
        "parameters": form.parameters,
        "macs": form.macs,
        "weighted_layers": len(form.weighted_layers),
        "blocks": len(form.blocks),
        "shortcuts": form.shortcuts,
        "projections": form.projections,
        "receptive_field": form.receptive_field,
        "spec": spec.model_dump(mode="json"),
    }
    _print(counted, as_json, "\n".join(f"{name}: {value}" for name, value in counted.items() if name != "spec"))


@app.command()
def train(
    dataset: DatasetName = DatasetName.DIGITS,
    depth: Depth = 56,
    block: Block = Block.BASIC,
    order: Order = Order.POST,
    shortcut: Shortcut = Shortcut.A,
    width: int = 8,
    normalisation: Normalisation = Normalisation.BATCH,
    branch_scale: float = 1.0,
    zero_last_gain: bool = False,
    steps: int = _RECIPE.steps,
    batch: int = _RECIPE.batch,
    optimiser: Optimiser = _RECIPE.optimiser,
    learning_rate: Annotated[float, typer.Option("--lr")] = _RECIPE.learning_rate,
    momentum: float = _RECIPE.momentum,
    nesterov: bool = _RECIPE.nesterov,
    weight_decay: float = _RECIPE.weight_decay,
    warmup: Annotated[int | None, typer.Option(help="20 unless given, at most the steps.")] = None,
    schedule: Schedule = _RECIPE.schedule,
    augmentation: Augmentation = _RECIPE.augmentation,
    seed: int = _RECIPE.seed,
    log_every: int = _RECIPE.log_every,
    evaluate_every: int = _RECIPE.evaluate_every,
    checkpoint_every: int = _RECIPE.checkpoint_every,
    precision: Precision = _RECIPE.precision,
    device: DeviceChoice = DeviceChoice.AUTO,
    noise: float = 0.2,
    clutter: float = 0.5,
    as_json: AsJson = False,
) -> None:
    """Train one network; everything it records is kept in the run store."""
    recipe = Recipe(
        steps=steps, batch=batch, optimiser=optimiser, learning_rate=learning_rate, momentum=momentum, nesterov=nesterov,
        weight_decay=weight_decay, warmup=min(_RECIPE.warmup, steps) if warmup is None else warmup, schedule=schedule,
        augmentation=augmentation, seed=seed, log_every=log_every, evaluate_every=evaluate_every,
        checkpoint_every=checkpoint_every, precision=precision,
    )  # fmt: skip
    network = NetworkSpec(
        depth=depth, block=block, order=order, shortcut=shortcut, width=width, normalisation=normalisation,
        branch_scale=branch_scale, zero_last_gain=zero_last_gain,
    )  # fmt: skip
    data = DatasetSpec(name=dataset, noise=noise, clutter=clutter)
    _train(Race(networks=(network,), dataset=data, recipe=recipe, device=device), as_json)


def _train(race: Race, as_json: bool) -> None:
    from explorer.worker.alone import train_alone  # torch: only where it is needed

    def tell(run: Run, event: Event) -> None:
        line = to_line(event) | ({"run": run.id} if not isinstance(event, Step | Evaluation) else {})
        _print(line, as_json, to_words(event))

    try:
        last = train_alone(_store(), race, settings().datasets_path, tell)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if not isinstance(last, Finished):
        raise typer.Exit(1)


@app.command()
def runs(as_json: AsJson = False) -> None:
    """List the runs of the store, newest first."""
    for run in _store().runs():
        network, recipe = run.experiment.network, run.experiment.recipe
        row = {
            "run": run.id, "title": network.title, "dataset": run.experiment.dataset.name, "state": run.state,
            "step": run.step, "steps": recipe.steps, "recorded": run.recorded, "reason": run.reason,
        }  # fmt: skip
        words = f"{run.id}  {network.title:20} {row['dataset']:14} {run.state:12} step {run.step}/{recipe.steps}"
        _print(row, as_json, words)


@app.command()
def export(
    run: str,
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
    what: Annotated[str, typer.Option(help=f"all, or one of {', '.join(EXPORTS)}.")] = "all",
) -> None:
    """Write a run's metrics (CSV), weights (safetensors), network (PyTorch) or recording."""
    if what != "all" and what not in EXPORTS:
        raise ValueError(f"what is {what!r}: allowed are all, {', '.join(EXPORTS)}.")
    store = _store()
    for path in export_run(store, _found(store, run), to, EXPORTS if what == "all" else [what]):
        typer.echo(path)


@app.command()
def delete(run: str) -> None:
    """Forget a run and all it recorded."""
    store = _store()
    found = _found(store, run)
    if found.state.going:
        raise ValueError(f"run is {run}: it is {found.state}; stop it first.")
    store.delete(found.id)


@app.command("app")
def serve(
    port: int = 8501,
    address: Annotated[str, typer.Option(help="127.0.0.1 unless a class shall reach it; see README.md.")] = "127.0.0.1",
) -> None:
    """Start the browser app."""
    script = Path(__file__).parents[1] / "app.py"
    if not script.is_file():
        raise ValueError(f"app.py is not at {script}: install with pip install -e from a checkout.")
    os.chdir(script.parent)
    started = ["-m", "streamlit", "run", script.name, "--server.port", str(port), "--server.address", address]
    os.execv(sys.executable, [sys.executable, *started])  # noqa: S606 - our own program, no shell


def _shape(text: str) -> tuple[int, int, int]:
    parts = text.lower().split("x")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise ValueError(f"input is {text!r}: give channels, height and width, such as 3x32x32.")
    channels, height, width = map(int, parts)
    return channels, height, width


def _store() -> Store:
    return Store(settings().store_path)


def _found(store: Store, name: str) -> Run:
    run = store.run(name)
    if run is None:
        raise ValueError(f"run is {name!r}: there is no run of this id; `residual-explorer runs` lists them.")
    return run


def _print(row: dict[str, Any], as_json: bool, words: str) -> None:
    text = json.dumps(row) if as_json else words
    if text:
        typer.echo(text)


def main() -> None:
    """Run the command line; every refusal is one sentence on standard error and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except ValidationError as error:
        _refuse(" ".join(sentences(error)))
    except typer.Abort:
        sys.exit(130)
    except ValueError as error:  # our own errors are sentences
        _refuse(str(error))
    except Exception as error:
        told = getattr(error, "format_message", None)  # typer's usage errors, whichever click it carries
        if told is None:
            raise
        _refuse(told())
    else:
        sys.exit(code or 0)


def _refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)  # noqa: T201 - the command line speaks
    sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(version: bool = False) -> None:
    if version:
        typer.echo(__version__)
