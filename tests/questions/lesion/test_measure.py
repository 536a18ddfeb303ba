"""Lesions against slow twins: a network whose branches are silenced, blocks put in another order by hand."""

import copy
import itertools
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from explorer.datasets import load
from explorer.networks import ResidualNetwork, build
from explorer.questions.given import network_at
from explorer.questions.lesion.measure import lesion, lesions, spread, walk_errors
from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import Removal
from explorer.runs.store import Store
from explorer.specs import Block, DatasetSpec, NetworkSpec, Normalisation, Order, Shortcut, settings
from tests.measured import measured
from tests.trained import quiet, trained

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def network(depth: int = 20, **changes: object) -> ResidualNetwork:
    fields = {"depth": depth, "width": 4, "input_shape": (1, 8, 8), **changes}
    made = build(NetworkSpec.model_validate(fields), seed=3)
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
    return made.eval()


@pytest.fixture(scope="module")
def pictures() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(300, 1, 8, 8, generator=generator), torch.randint(0, 10, (300,), generator=generator)


class Silent(nn.Module):
    def forward(self, x: Tensor, like: Tensor) -> Tensor:
        return x * 0 + like


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_a_block_without_its_branch_is_the_block_with_a_branch_of_zeros(variant: tuple) -> None:
    block_kind, order, shortcut, normalisation = variant
    made = network(
        11 if block_kind is Block.BOTTLENECK else 8,
        block=block_kind, order=order, shortcut=shortcut, normalisation=normalisation,
    )  # fmt: skip
    x = made.stem(torch.randn(5, 1, 8, 8))
    with torch.no_grad():
        for block in made.blocks:
            if block.shortcut is None:
                assert torch.equal(block.without_branch(x), x)
            else:
                silenced = copy.deepcopy(block)
                silenced.sum = Silent()
                torch.testing.assert_close(block.without_branch(x), silenced(x))
            x = block(x)


def test_walks_that_share_their_beginning_give_what_each_gives_alone(pictures: tuple[Tensor, Tensor]) -> None:
    made = network()
    count = len(made.blocks)
    walks = sorted([tuple(range(count)), (~0, *range(1, count)), (0, ~1, *range(2, count)), (1, 0, *range(2, count))])
    together = walk_errors(made, *pictures, walks)
    assert together == [walk_errors(made, *pictures, [walk])[0] for walk in walks]
    with torch.no_grad():
        wrong = (made(pictures[0]).argmax(1) != pictures[1]).float().mean()
    assert together[walks.index(tuple(range(count)))] == pytest.approx(float(wrong))


def test_every_single_block_of_a_residual_network_can_go_and_a_plain_one_keeps_its_stage_boundaries(
    pictures: tuple[Tensor, Tensor],
) -> None:
    residual, plain = (lesion(network(shortcut=option), *pictures, Removal.SINGLE) for option in (Shortcut.A, Shortcut.NONE))
    assert all(len(errors) == 1 for errors in residual.errors)
    kept = [name for name, errors in zip(plain.lesions, plain.errors, strict=True) if not errors]
    assert kept == ["stage2.block1", "stage3.block1"]


def test_a_block_whose_branch_adds_nothing_can_go_without_a_loss(pictures: tuple[Tensor, Tensor]) -> None:
    made = build(NetworkSpec(depth=20, width=4, input_shape=(1, 8, 8), zero_last_gain=True), seed=1)
    told = lesion(made, *pictures, Removal.SINGLE)
    assert {error for errors in told.errors for error in errors} == {told.intact}


def test_chosen_blocks_go_together_and_unknown_names_change_nothing(pictures: tuple[Tensor, Tensor]) -> None:
    made = network()
    told = lesion(made, *pictures, Removal.CHOSEN, removed=("stage1.block2", "stage3.block3", "stage1.block99"))
    walk = tuple(~place if place in {1, 8} else place for place in range(9))
    assert told.errors == ((walk_errors(made, *pictures, [walk])[0],),)
    assert lesion(made, *pictures, Removal.CHOSEN).errors == ((told.intact,),)


@pytest.mark.parametrize("removal", [Removal.DELETE, Removal.SHUFFLE])
def test_random_lesions_are_as_many_as_they_say_and_the_same_for_the_same_seed(removal: Removal) -> None:
    made = network()
    plan = lesions(made, removal, removed=(), draws=4, seed=1)
    assert plan == lesions(made, removal, removed=(), draws=4, seed=1)
    assert plan != lesions(made, removal, removed=(), draws=4, seed=2)
    for count, walks in plan.items():
        assert len(walks) == 4
        for walk in walks:
            if removal is Removal.DELETE:
                assert sum(place < 0 for place in walk) == int(count)
            else:
                assert sorted(walk) == list(range(9))
                assert [place // 3 for place in walk] == [0, 0, 0, 1, 1, 1, 2, 2, 2], "blocks stay in their stage"
                assert walk[3] == 3
                assert walk[6] == 6, "what changes shapes stays where it is"


def test_deleting_every_block_leaves_stem_shortcuts_and_head(pictures: tuple[Tensor, Tensor]) -> None:
    made = network()
    told = lesion(made, *pictures, Removal.DELETE, draws=2)
    x = made.stem(pictures[0])
    with torch.no_grad():
        for block in made.blocks:
            x = block.without_branch(x)
        wrong = (made.head(x).argmax(1) != pictures[1]).float().mean()
    assert told.lesions[-1] == "9"
    assert told.errors[-1] == (pytest.approx(float(wrong)),) * 2


def test_k_runs_from_one_to_all() -> None:
    assert spread(0) == []
    assert spread(1) == [1]
    assert spread(3) == [1, 2, 3]
    assert spread(54)[0] == 1
    assert spread(54)[-1] == 54
    assert len(spread(54)) <= 8


def test_nothing_of_the_network_is_changed(pictures: tuple[Tensor, Tensor]) -> None:
    made = network()
    before = copy.deepcopy(made.state_dict())
    lesion(made, *pictures, Removal.SINGLE)
    assert all(torch.equal(value, before[name]) for name, value in made.state_dict().items())


def test_progress_grows_and_what_it_raises_ends_the_study(pictures: tuple[Tensor, Tensor]) -> None:
    shares: list[float] = []
    lesion(network(), *pictures, Removal.SINGLE, report=lambda share, *_: shares.append(share))
    assert all(0 <= share < 1 for share in shares)
    assert max(shares) > 0.5

    def stop(*_: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        lesion(network(), *pictures, Removal.SINGLE, report=stop)


def test_a_result_survives_json_and_other_bytes_are_refused(pictures: tuple[Tensor, Tensor]) -> None:
    told = (lesion(network(), *pictures, Removal.SINGLE),)
    assert LesionResult.decode(LesionResult.encode(told)) == told
    with pytest.raises(ValueError, match="no LesionResult"):
        LesionResult.decode(b'[{"intact": 7}]')


@pytest.mark.parametrize("removal", Removal)
def test_every_removal_is_measured_for_each_run_as_a_direct_call_does(store: Store, removal: Removal) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "B"})
    removed = ("stage1.block1",) if removal is Removal.CHOSEN else ()
    asked = {"runs": [run.id for run in runs], "step": 2, "study": removal, "removed": removed, "draws": 2}
    results = measured("lesion", asked, store, report=quiet)
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.test_images), data.test_labels
    torch.manual_seed(0)
    direct = [lesion(network_at(store, run, 2), images, labels, removal, removed=removed, draws=2) for run in runs]
    assert list(results) == direct
    assert all(result.pictures == 360 for result in results)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"study": "all"}, "study is 'all'"),
        ({"draws": 0}, "draws is 0"),
        ({"removed": ["../x"]}, "removed"),
        ({"runs": ["gone"]}, "not there any more"),
        ({"step": 77}, "no checkpoint at step 77"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(store: Store, changes: dict[str, Any], sentence: str) -> None:
    [run] = trained(store, {})
    with pytest.raises(ValueError, match=sentence):
        measured("lesion", {"runs": [run.id], "step": 2, "study": "single", **changes}, store, report=quiet)
