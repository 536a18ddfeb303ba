"""Is it right? One check of some methods on every network that is asked about."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load as load_weights
from torch import Tensor

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork, build
from explorer.questions.attribution.checks.faithfulness import infidelities, insertion_deletion, sensitivities, shares
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.sanity import levels, randomised, rank_agreement
from explorer.questions.attribution.checks.scores import mask_scores
from explorer.questions.attribution.checks.spec import Check, CheckSpec
from explorer.questions.attribution.given import REFERENCES, baselines, shown
from explorer.questions.attribution.methods.measure import pose
from explorer.questions.attribution.methods.methods import METHODS
from explorer.questions.attribution.methods.posed import Posed
from explorer.questions.attribution.methods.spec import Method, chosen_block
from explorer.questions.given import Given, Report, asked_runs, network_at
from explorer.runs.events import Checkpoint, Diverged, Failed, Step
from explorer.runs.records import Run
from explorer.specs import outline
from explorer.training.loop import train

CHUNK = 8
"""Pictures explained at once."""
CALIBRATION = 128
"""Training pictures that batch norm is measured on after weights were made random."""
SEED = 1
"""Of the order of shuffled labels; random weights are those of the seed after the run's own."""
Floats = npt.NDArray[np.float32]


def measure(spec: CheckSpec, given: Given) -> tuple[Checked, ...]:
    """Return one Checked a run and method, runs in the order of the spec; raises ValueError, one sentence for the page."""
    given.report(0, "pictures")
    runs, data = asked_runs(given.store, spec.runs)
    if spec.check is Check.MASK and data.test_masks is None:
        raise ValueError(f"{data.card.title} does not say where its objects are: the masks need the generated shapes.")
    found: list[Checked] = []
    for run, report in zip(runs, given.parts([run.experiment.network.title for run in runs]), strict=True):
        network = network_at(given.store, run, spec.step).eval()
        found += CHECKS[spec.check](_Case(spec, run, data, network, report, _targets(spec, network, data)))
    return tuple(found)


def _targets(spec: CheckSpec, network: ResidualNetwork, data: Dataset) -> Tensor:
    some = slice(spec.pictures)
    if spec.target == "true":
        return data.test_labels[some]
    with torch.no_grad():
        answers: Tensor = network(data.normalise(data.test_images[some])).argmax(1)
    return answers


@dataclass(frozen=True, slots=True)
class _Case:
    """One network and the pictures it is asked about."""

    spec: CheckSpec
    run: Run
    data: Dataset
    network: ResidualNetwork
    report: Report
    targets: Tensor
    """N, the true classes, or the network's own answers."""

    @property
    def images(self) -> Tensor:
        """N×C×H×W, in the dataset's own format."""
        return self.data.test_images[: self.spec.pictures]

    @property
    def block(self) -> str:
        return chosen_block(outline(self.run.experiment.network), self.spec.block).name

    def explained(
        self, method: Method, words: str = "", network: ResidualNetwork | None = None, *, part: int = 0, of: int = 1
    ) -> Floats:
        """N×H×W, a method's maps of these pictures, by this network or another of its form; the part-th of so many runs."""
        posed = self.posed(method, words, network, part=part, of=of)
        return np.concatenate([_numpy(METHODS[method](one).map) for one in posed])

    def posed(
        self, method: Method, words: str, network: ResidualNetwork | None = None, *, part: int = 0, of: int = 1
    ) -> Iterator[Posed]:
        """Yield some pictures after others; tells how far it is, and is cancelled, on the way."""
        settings, count = self.spec.settings, len(self.images)
        for start in range(0, count, CHUNK):
            images = self.images[start : start + CHUNK]
            yield pose(
                self.network if network is None else network, self.data.normalise(images),
                self.targets[start : start + CHUNK], self.block,
                shown=shown(images),
                settings=settings, baselines=baselines(settings.baseline, images, self.data),
                references=self.data.normalise(self.data.train_images[:REFERENCES]),
                report=lambda *_: self.report((part + start / count) / of, f"{method}{words}"),  # noqa: B023 - used before the next part
            )  # fmt: skip

    def checked(self, method: Method, names: Sequence[str], values: Iterable[npt.NDArray[np.float64]]) -> Checked:
        rows = tuple(tuple(float(value) for value in row) for row in values)
        return Checked(check=self.spec.check, method=method, names=tuple(names), values=rows)


def _mask(case: _Case, method: Method) -> Checked:
    assert case.data.test_masks is not None
    masks = case.data.test_masks[: case.spec.pictures].numpy()
    scores = mask_scores(case.explained(method), masks)
    return case.checked(method, tuple(scores), scores.values())


def _curves(case: _Case, method: Method) -> Checked:
    pairs = [
        insertion_deletion(part.forward, part, METHODS[method](part).map) for part in case.posed(method, ": inserting, deleting")
    ]
    curves = [torch.cat(parts).numpy().astype(np.float64) for parts in zip(*pairs, strict=True)]
    areas = [np.trapezoid(curve, dx=1 / (curve.shape[1] - 1), axis=1) for curve in curves]
    names = [f"{name} {share:g}" for name in ("insertion", "deletion") for share in shares()]
    return case.checked(method, ["insertion", "deletion", *names], [*areas, *curves[0].T, *curves[1].T])


def _faithful(case: _Case, method: Method) -> Checked:
    infidelity, sensitivity = [], []
    for part in case.posed(method, ": infidelity, sensitivity"):
        infidelity.append(infidelities(part.forward, part, METHODS[method](part).map))
        sensitivity.append(sensitivities(lambda moved: METHODS[method](moved).map, part))
    values = [torch.cat(parts).numpy().astype(np.float64) for parts in (infidelity, sensitivity)]
    return case.checked(method, ("infidelity", "sensitivity"), values)


def _weights(case: _Case, method: Method) -> Checked:
    of = 1 + len(levels(case.network))
    own = case.explained(method, of=of)
    calibration = case.data.normalise(case.data.train_images[:CALIBRATION])
    names, values = ["trained"], [rank_agreement(own, own)]
    changed = randomised(case.network, calibration, seed=case.run.experiment.recipe.seed + 1)
    for part, (level, network) in enumerate(changed, start=1):
        maps = case.explained(method, f", {level} made random", network, part=part, of=of)
        names.append(level)
        values.append(rank_agreement(own, maps))
    return case.checked(method, names, values)


def _labels(case: _Case) -> list[Checked]:
    other = _trained_on_shuffled_labels(case)
    found, of = [], 2 * len(case.spec.methods)
    for index, method in enumerate(case.spec.methods):
        own = case.explained(method, part=2 * index, of=of)
        others = case.explained(method, ", shuffled labels", other, part=2 * index + 1, of=of)
        found.append(case.checked(method, ("labels",), [rank_agreement(own, others)]))
    return found


def _trained_on_shuffled_labels(case: _Case) -> ResidualNetwork:
    """Train the network's twin, by the run's own recipe, on pictures whose labels were shuffled; see how well it learned."""
    experiment = case.run.experiment
    order = torch.randperm(len(case.data.train_labels), generator=torch.Generator().manual_seed(SEED))
    data = replace(case.data, train_labels=case.data.train_labels[order])
    recipe = experiment.recipe.model_copy(update={"evaluate_every": experiment.recipe.steps, "log_every": 1})
    last: Checkpoint | None = None
    for event in train(experiment.model_copy(update={"recipe": recipe}), data):
        if isinstance(event, Checkpoint):
            last = event
        elif isinstance(event, Step):
            case.report(event.step / recipe.steps, "learning shuffled labels")
        elif isinstance(event, Failed | Diverged):
            raise ValueError("The network diverged on shuffled labels: there is nothing to compare with.")
    assert last is not None
    network = build(experiment.network)
    network.load_state_dict(load_weights(last.weights))
    return network


def _each(check: Callable[[_Case, Method], Checked]) -> Callable[[_Case], list[Checked]]:
    return lambda case: [check(case, method) for method in case.spec.methods]


CHECKS: Mapping[Check, Callable[[_Case], list[Checked]]] = {
    Check.MASK: _each(_mask),
    Check.CURVES: _each(_curves),
    Check.FAITHFUL: _each(_faithful),
    Check.WEIGHTS: _each(_weights),
    Check.LABELS: _labels,
}


def _numpy(values: Tensor) -> Floats:
    return values.detach().float().cpu().numpy()
