"""The loss around a network, against walking there by hand."""

import copy
from collections.abc import Sequence

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import load
from explorer.networks import ResidualNetwork, build
from explorer.questions.given import network_at
from explorer.questions.surface.measure import filter_normalised, surface
from explorer.questions.surface.result import Surface
from explorer.questions.surface.spec import SurfaceSpec
from explorer.runs.asking import ask
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs import Block, DatasetSpec, NetworkSpec, Normalisation, Order, Shortcut, settings
from tests.measured import measured
from tests.trained import quiet, trained


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 8, "width": 4, "input_shape": (1, 8, 8), **changes}
    return build(NetworkSpec.model_validate(fields), seed=2)


def pictures(count: int = 20) -> tuple[Tensor, Tensor]:
    return torch.randn(count, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(count) % 10


def walked(made: ResidualNetwork, steps: list[tuple[float, int]], images: Tensor, labels: Tensor) -> float:
    """The loss where every weight has moved by hand, one after another."""
    moved = copy.deepcopy(made).eval()
    with torch.no_grad():
        for (name, start), weight in zip(made.named_parameters(), moved.parameters(), strict=True):
            for step, seed in steps if weight.ndim > 1 else ():
                weight += step * filter_normalised(name, start.detach(), seed)
        return float(cross_entropy(moved(images), labels))


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("shortcut", Shortcut)
@pytest.mark.parametrize("normalisation", Normalisation)
def test_a_slice_is_the_loss_at_weights_moved_by_hand(
    block: Block, order: Order, shortcut: Shortcut, normalisation: Normalisation
) -> None:
    depth = 11 if block is Block.BOTTLENECK else 8
    made = network(depth=depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)
    told = surface(made, *pictures(), dimensions=1, points=5, span=0.4, seed=7)
    assert told.places == pytest.approx([-0.4, -0.2, 0, 0.2, 0.4])
    [row] = told.rows
    wanted = [walked(made, [(place, 7)], *pictures()) for place in told.places]
    assert row == pytest.approx(wanted, rel=1e-4)


def test_a_plane_has_a_row_for_every_step_along_the_second_direction() -> None:
    made = network()
    told = surface(made, *pictures(), dimensions=2, points=3, span=0.5, seed=1)
    for across, row in zip(told.places, told.rows, strict=True):
        for along, loss in zip(told.places, row, strict=True):
            assert loss == pytest.approx(walked(made, [(along, 1), (across, 1 + 2**31)], *pictures()), rel=1e-4)
    assert told.centre == pytest.approx(walked(made, [], *pictures()), rel=1e-5)
    assert told.worst == max(loss for row in told.rows for loss in row)


def test_every_filter_of_a_direction_is_as_long_as_the_one_it_is_added_to() -> None:
    weight = torch.randn(6, 4, 3, 3) * torch.tensor([1e-3, 1, 1e3, 0, 1, 1]).view(-1, 1, 1, 1)
    direction = filter_normalised("stage1.block1.branch.conv1", weight, 3)
    torch.testing.assert_close(direction.flatten(1).norm(dim=1), weight.flatten(1).norm(dim=1))
    other = filter_normalised("stage1.block1.branch.conv2", weight, 3)
    assert not torch.equal(direction, other)


def test_filters_ten_times_as_long_before_their_norm_change_nothing_of_the_picture() -> None:
    made = network(order=Order.POST)
    scaled = copy.deepcopy(made)
    with torch.no_grad():  # batch norm's statistics follow the scale, as they would have in training
        conv, norm = scaled.stem[0], scaled.stem[1]
        conv.weight *= 10
        norm.running_mean *= 10
        norm.running_var.mul_(100).add_(99 * norm.eps)
    one, other = (surface(net, *pictures(), dimensions=1, points=5, span=0.5, seed=0) for net in (made, scaled))
    assert other.rows[0] == pytest.approx(one.rows[0], rel=1e-3)


def test_twins_walk_along_the_same_drawn_directions_and_a_seed_draws_others() -> None:
    plain, residual = network(shortcut=Shortcut.NONE), network(shortcut=Shortcut.A)
    for (name, one), (_, other) in zip(plain.named_parameters(), residual.named_parameters(), strict=True):
        if one.ndim > 1:
            assert torch.equal(filter_normalised(name, one.detach(), 5), filter_normalised(name, other.detach(), 5))
    first, second = (surface(plain, *pictures(), dimensions=1, points=3, span=1.0, seed=seed) for seed in (0, 1))
    assert first != second


def test_the_picture_grows_from_the_middle_and_leaves_the_network_alone() -> None:
    made = network().train()
    before = {name: value.clone() for name, value in made.state_dict().items()}
    seen: list[Surface] = []
    told = surface(made, *pictures(), dimensions=2, points=5, span=1.0, seed=0, report=lambda _share, so_far: seen.append(so_far))
    known = [[row is not None for row in one.rows] for one in seen]
    assert known[1] == [False, False, True, False, False]
    assert [sum(rows) for rows in known] == [0, 1, 2, 3, 4]
    assert seen[0].centre is seen[0].worst is None
    assert all(torch.equal(before[name], value) for name, value in made.state_dict().items())
    assert made.training
    assert Surface.decode(Surface.encode([told, seen[2]])) == (told, seen[2])


def test_a_loss_that_is_not_finite_is_none() -> None:
    made = network(normalisation=Normalisation.NONE)
    with torch.no_grad():
        for weight in made.parameters():
            weight *= 1e9
    [row] = surface(made, *pictures(), dimensions=1, points=3, span=1.0, seed=0).rows
    assert row[1] is None


def test_a_surface_is_told_as_far_as_it_is_known_and_kept_when_it_is_cancelled(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "points": 3, "span": 0.5}
    job = ask(store, "surface", "me", SurfaceSpec.model_validate(asked).model_dump(mode="json"))
    seen = []

    def report(progress: float, message: str, so_far: Sequence[Surface] = ()) -> None:
        store.report(job, progress, message, Surface.encode(so_far) if so_far else None)
        seen.append(store.result(job))

    told = measured("surface", asked, store, report=report)
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.train_images[:256]), data.train_labels[:256]
    shape = {"dimensions": 2, "points": 3, "span": 0.5, "seed": 0}
    assert list(told) == [surface(network_at(store, run, 2), images, labels, **shape) for run in runs]
    half = Surface.decode(next(content for content in reversed(seen) if content))
    assert half[0] == told[0]
    assert [row is None for row in half[1].rows] == [False, False, True]
    store.finish(job, JobState.CANCELLED)
    assert store.result(job) == seen[-1]


@pytest.mark.parametrize(("points", "sentence"), [(24, "allowed are odd numbers"), (99, "points is 99")])
def test_a_surface_without_a_centre_or_too_fine_is_refused(store: Store, points: int, sentence: str) -> None:
    [run] = trained(store, {})
    with pytest.raises(ValueError, match=sentence):
        measured("surface", {"runs": [run.id], "points": points}, store, report=quiet)
