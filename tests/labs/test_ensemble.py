import numpy as np
import pytest
import torch
from sklearn.ensemble import GradientBoostingRegressor
from torch.nn.functional import binary_cross_entropy_with_logits

from explorer.labs.ensemble import Network, account, boosted, padded, pseudo_residuals, without_each
from explorer.measure.ensemble import Blocks, _packed, learn_ensemble
from explorer.results.labs import EnsembleNetwork
from explorer.runs.store import Store
from explorer.specs.spirals import two_spirals
from explorer.ui.labs.ensemble import network
from explorer.worker.labs import ensemble_job

POINTS, LABELS = (np.array(values) for values in two_spirals())


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "residual"])
def learned(request: pytest.FixtureRequest) -> Network:
    return network(learn_ensemble(1, shortcut=request.param, steps=40))


@pytest.mark.parametrize("shortcut", [False, True])
def test_the_lab_computes_what_the_trained_network_in_torch_does(shortcut: bool) -> None:
    trained = Blocks(3, shortcut=shortcut)
    told = account(network(_packed(trained, [])), POINTS, LABELS)
    logits = trained(torch.tensor(POINTS, dtype=torch.float32)).detach().numpy()
    assert told.right[-1] == pytest.approx(np.mean((logits > 0) == LABELS))
    assert len(told.right) == 9
    assert len(told.downhill) == 8


def test_pseudo_residuals_are_autograds_gradient_of_the_read_out_before_the_block(learned: Network) -> None:
    x = torch.tensor(padded(POINTS[:20], 8), requires_grad=True)
    logits = x @ torch.tensor(learned.readout) + learned.offset
    loss = binary_cross_entropy_with_logits(logits, torch.tensor(LABELS[:20], dtype=torch.float64), reduction="sum")
    [gradient] = torch.autograd.grad(loss, x)
    assert pseudo_residuals(learned, x.detach().numpy(), LABELS[:20]) == pytest.approx(-gradient.numpy())


def test_a_residual_networks_output_is_its_input_plus_all_that_its_blocks_add(learned: Network) -> None:
    x, added = padded(POINTS, 8), np.zeros((len(POINTS), 8))
    for block in learned.blocks:
        added = added + block(x)
        x = x + block(x) if learned.shortcut else block(x)
    assert np.allclose(x, padded(POINTS, 8) + added) == learned.shortcut


def test_every_missing_block_is_enumerated_one_by_one(learned: Network) -> None:
    told = without_each(learned, POINTS, LABELS)
    for number in range(1, 9):
        x = padded(POINTS, 8)
        for place, block in enumerate(learned.blocks, start=1):
            if place != number:
                x = x + block(x) if learned.shortcut else block(x)
        assert told[number - 1] == np.mean((x @ learned.readout + learned.offset > 0) == LABELS)


def test_blocks_are_exchanged_first_and_taken_away_then(learned: Network) -> None:
    assert learned.altered().blocks == learned.blocks
    assert learned.altered(swapped=(3, 3)).blocks == learned.blocks
    exchanged = learned.altered(swapped=(1, 8)).blocks
    assert (exchanged[0], exchanged[7]) == (learned.blocks[7], learned.blocks[0])
    assert learned.altered(missing=1, swapped=(1, 8)).blocks == exchanged[1:]


def test_the_ensemble_job_answers_plain_first(store: Store) -> None:
    content = ensemble_job({"seed": 0}, b"", store, lambda *_: None)
    plain, residual = EnsembleNetwork.from_json(content)
    assert (plain.shortcut, residual.shortcut) == (False, True)
    # What the page's words promise, measured: the sum loses less when its second block is missing.
    lost = [without_each(network(one), POINTS, LABELS) for one in (plain, residual)]
    assert lost[1].mean() > lost[0].mean()
    assert residual.losses[-1] < 0.01


def test_boosting_adds_the_same_steps_as_scikit_learns_stumps() -> None:
    x = np.linspace(-3, 3, 41)
    slow = GradientBoostingRegressor(n_estimators=5, max_depth=1, learning_rate=1.0, init="zero").fit(
        x[:, None], np.sin(x)
    )
    for told, staged in zip(boosted(x, np.sin(x), 5)[1:], slow.staged_predict(x[:, None]), strict=True):
        assert told == pytest.approx(staged, abs=1e-9)
