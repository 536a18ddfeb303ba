"""Take blocks of a trained network away, or let them change places, and count its mistakes.

After Veit et al. 2016 (arXiv:1605.06431), section 4. We depart where they had no plain network to bypass: there a block
of equal shapes is skipped whole. Batch-norm statistics stay those of training, as theirs did.
"""

import random
from collections.abc import Collection, Sequence
from itertools import groupby

import torch
from torch import Tensor

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Given, Report, silent
from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import LesionSpec, Removal, exchangeable, removable

CHUNK = 250
"""Pictures asked at once."""
POINTS = 8
"""Different k at most, from one to all blocks, spread as a geometric series."""
Walk = tuple[int, ...]
"""The blocks that a signal meets, by place; ~place, a negative number, is a block without its branch."""


def measure(spec: LesionSpec, given: Given) -> tuple[LesionResult, ...]:
    """Return one LesionResult a run; the whole test set is asked."""

    def take_away(network: ResidualNetwork, data: Dataset, report: Report) -> LesionResult:
        device = next(network.parameters()).device
        images, labels = data.normalise(data.test_images.to(device)), data.test_labels.to(device)
        return lesion(network, images, labels, spec.study, removed=spec.removed, draws=spec.draws, report=report)

    return given.each(spec, take_away)


def lesion(
    network: ResidualNetwork,
    images: Tensor,
    labels: Tensor,
    removal: Removal,
    *,
    removed: Collection[str] = (),
    draws: int = 5,
    seed: int = 0,
    report: Report = silent,
) -> LesionResult:
    """Return the share of pictures misclassified, intact and after every lesion of a removal.

    `images` is N×C×H×W, normalised, `labels` is N, both on the device to compute on. The network is put into
    evaluation mode and otherwise stays as it is.
    """
    plan = lesions(network, removal, removed=removed, draws=draws, seed=seed)
    whole: Walk = tuple(range(len(network.blocks)))
    walks = sorted({whole, *(walk for drawn in plan.values() for walk in drawn)})
    errors = dict(zip(walks, walk_errors(network, images, labels, walks, report), strict=True))
    return LesionResult(
        intact=errors[whole],
        lesions=tuple(plan),
        errors=tuple(tuple(errors[walk] for walk in drawn) for drawn in plan.values()),
        pictures=len(labels),
    )


def lesions(
    network: ResidualNetwork, removal: Removal, *, removed: Collection[str], draws: int, seed: int
) -> dict[str, list[Walk]]:
    """Return the walks of every lesion of a removal by its name, one walk a draw; none where it cannot be done."""
    form, drawn = network.outline, random.Random(seed)  # noqa: S311 - it only draws blocks
    free = [place for place, block in enumerate(form.blocks) if removable(block)]
    names = {block.name: place for place, block in enumerate(form.blocks)}

    def without(places: Collection[int]) -> Walk:
        return tuple(~place if place in places else place for place in range(len(form.blocks)))

    match removal:
        case Removal.CHOSEN:
            return {", ".join(removed): [without({names[name] for name in removed if names.get(name) in free})]}
        case Removal.SINGLE:
            return {name: [without({place})] if place in free else [] for name, place in names.items()}
        case Removal.DELETE:
            return {str(count): [without(set(drawn.sample(free, count))) for _ in range(draws)] for count in spread(len(free))}
        case Removal.SHUFFLE:
            pairs = [(one, two) for group in exchangeable(form) for one in group for two in group if one < two]
            return {
                str(count): [_swapped(len(form.blocks), drawn.choices(pairs, k=count)) for _ in range(draws)]
                for count in spread(len(form.blocks) if pairs else 0)
            }


def spread(most: int) -> list[int]:
    """Return up to POINTS whole numbers from 1 to `most`, denser where they are small."""
    exponents = (point / (POINTS - 1) for point in range(POINTS))
    return sorted({round(most**exponent) for exponent in exponents}) if most else []


def _swapped(count: int, pairs: Sequence[tuple[int, int]]) -> Walk:
    order = list(range(count))
    for one, two in pairs:
        order[one], order[two] = order[two], order[one]
    return tuple(order)


@torch.no_grad()
def walk_errors(
    network: ResidualNetwork, images: Tensor, labels: Tensor, walks: Sequence[Walk], report: Report = silent
) -> list[float]:
    """Return the share of pictures misclassified on every walk; walks come sorted, so that equal beginnings meet.

    What walks have in common at their beginning is computed once.
    """
    network.eval()
    wrong = torch.zeros(len(walks), dtype=torch.int64)
    blocks = network.blocks
    parts = list(zip(torch.split(images, CHUNK), torch.split(labels, CHUNK), strict=True))

    def go(x: Tensor, truth: Tensor, depth: int, asked: list[int], done: float) -> None:
        if depth == len(blocks):
            mistakes = int((network.head(x).argmax(1) != truth).sum())
            wrong[asked] += mistakes
            return
        ways = [(place, list(group)) for place, group in groupby(asked, key=lambda index: walks[index][depth])]
        # The most crowded way comes last, when x is needed no more: so the stack holds few pictures.
        for place, group in sorted(ways, key=lambda way: len(way[1])):
            report(done + (group[0] / len(walks)) / len(parts), f"{group[0]} of {len(walks)} lesions")
            block = blocks[place] if place >= 0 else blocks[~place]
            go(block(x) if place >= 0 else block.without_branch(x), truth, depth + 1, group, done)

    for number, (part, truth) in enumerate(parts):
        go(network.stem(part), truth, 0, list(range(len(walks))), number / len(parts))
    return [float(count) / len(labels) for count in wrong]
