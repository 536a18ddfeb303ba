"""What leaves the store: metrics as CSV, weights as safetensors, the network as PyTorch, a recording for assets/."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from explorer.runs.events import BLOCKWISE, LAYERWISE, Event, Finished, Started, Step
from explorer.runs.lines import to_line
from explorer.runs.records import Run, Steps
from explorer.runs.snippet import snippet
from explorer.runs.store import Store
from explorer.specs import outline

EXPORTS = ("metrics", "weights", "pytorch", "recording")


def metrics_csv(store: Store, run: Run) -> str:
    """Return a line a logged step: loss, accuracy, rate, seconds, then the gradient norm of every weighted layer.

    Columns named quantity:layer or quantity:block follow where profiles were recorded (see `Step`).
    """
    steps = store.steps(run.id)
    layers = [layer.name for layer in outline(run.experiment.network).weighted_layers]
    text = io.StringIO()
    writer = csv.writer(text)
    blocks = [block.name for block in outline(run.experiment.network).blocks][: steps.blocks]
    named = [f"{name}:{layer}" for name in LAYERWISE for layer in layers if steps.profiles.size]
    named += [f"{name}:{block}" for name in BLOCKWISE for block in blocks]
    writer.writerow(["step", "loss", "accuracy", "learning_rate", "seconds", *layers, *named])
    columns = (steps.step, steps.loss, steps.accuracy, steps.learning_rate, steps.seconds)
    for *scalars, norms, profile in zip(*columns, steps.gradient_norms, steps.profiles, strict=True):
        writer.writerow([*scalars, *norms, *profile])
    return text.getvalue()


def recording(store: Store, run: Run) -> str:
    """Return the experiment and every event as JSON lines; norms and losses to four digits, to keep the file small."""
    layers = tuple(layer.name for layer in outline(run.experiment.network).weighted_layers)
    steps, told = run.experiment.recipe.steps, store.steps(run.id)
    device = "cuda" if "NVIDIA" in run.device_name else "cpu"
    events: list[Event] = [Started(0, steps, device, run.device_name, run.precision, layers)]
    events += sorted([*_steps(told), *store.evaluations(run.id)], key=lambda event: event.step)
    last = store.evaluations(run.id)[-1]
    events.append(Finished(run.step, last.train_error, last.test_error, float(told.seconds.sum())))
    lines = [{"experiment": run.experiment.model_dump(mode="json")}, *map(to_line, events)]
    return "\n".join(json.dumps(line) for line in lines) + "\n"


def _steps(told: Steps) -> Iterator[Step]:
    for row, step in enumerate(told.step):
        columns = (told.loss, told.accuracy, told.learning_rate, told.seconds)
        loss, accuracy, rate, seconds = (_short(float(column[row])) for column in columns)
        norms, *profile = (
            tuple(_short(float(value)) for value in matrix[row])
            for matrix in (told.gradient_norms, *map(told.profile, (*LAYERWISE, *BLOCKWISE)))
        )
        yield Step(int(step), loss, accuracy, rate, seconds, norms, *profile)


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def export_run(store: Store, run: Run, folder: Path, what: Sequence[str]) -> list[Path]:
    """Write what is asked for to a folder and return the files; raises ValueError where there is nothing to write."""
    folder.mkdir(parents=True, exist_ok=True)
    name = run.experiment.network.title if "recording" in what and len(what) == 1 else f"{run.experiment.network.title}-{run.id}"
    texts = {"metrics": (".csv", metrics_csv), "recording": (".jsonl", recording)}
    written = []
    for kind in what:
        if kind in texts:
            ending, make = texts[kind]
            written.append(_write(folder / f"{name}{ending}", make(store, run).encode()))
        if kind == "pytorch":
            written.append(_write(folder / f"{name}.py", snippet(run.experiment.network).encode()))
        if kind in {"weights", "recording"}:
            written.append(_write(folder / f"{name}.safetensors", weights(store, run)))
    return list(dict.fromkeys(written))


def weights(store: Store, run: Run) -> bytes:
    """Return the safetensors bytes of the last checkpoint; raises ValueError if there is none."""
    saved = store.checkpoint(run.id)
    if saved is None:
        raise ValueError(f"run is {run.id}: it has no checkpoint yet.")
    return saved.weights


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
