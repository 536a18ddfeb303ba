import itertools
from typing import Any

import numpy as np
import pytest
import torch
from captum.attr import LayerConductance, LayerGradCam
from torch import nn

from explorer.questions.attribution.blocks import measure as blocks
from explorer.questions.attribution.blocks.measure import explain_blocks
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import Block, DatasetName, Normalisation, Order, Shortcut
from tests.measured import measured
from tests.studio import twins
from tests.trained import quiet
from tests.variants import VARIANTS, hooks, network_of, pictures, usual


def explained(network: Any, count: int = 2, **changes: Any) -> BlockMaps:
    images = pictures(count)
    fields: dict[str, Any] = {
        "targets": None, "baselines": torch.zeros_like(images), "labels": np.zeros(count, np.int64),
        "shown": np.zeros((count, 8, 8, 3), np.uint8), "report": lambda *_: None,
    }  # fmt: skip
    return explain_blocks(network, images, **{**fields, **changes})


@pytest.mark.parametrize(("block", "order", "shortcut", "norm"), VARIANTS)
def test_on_every_variant_each_part_of_each_block_is_captums_and_the_parts_add_up_to_the_sum(
    block: Block, order: Order, shortcut: Shortcut, norm: Normalisation
) -> None:
    network = network_of(block, order, shortcut, norm).eval()
    found, images = explained(network), pictures(2)
    targets = torch.from_numpy(found.targets)

    def cam(name: str) -> Any:
        layer = network.get_submodule(name)
        watched = images.clone().requires_grad_()
        return LayerGradCam(network, layer).attribute(watched, targets, relu_attributions=False).detach()[:, 0].numpy()

    def flow(name: str) -> Any:
        layer = network.get_submodule(name)
        values = LayerConductance(network, layer).attribute(
            images, target=targets, n_steps=blocks.STEPS - 1, method="riemann_trapezoid"
        )
        return values.flatten(1).sum(1).detach().numpy()

    for index, name in enumerate(found.blocks):
        assert np.allclose(found.after[index], cam(name), atol=1e-5)
        assert np.allclose(found.branch[index], cam(f"{name}.branch"), atol=1e-5)
        assert np.allclose(found.through_branch[:, index], flow(f"{name}.branch"), atol=1e-4)
        if shortcut is Shortcut.NONE:
            assert np.isnan(found.shortcut[index]).all()
            assert np.isnan(found.over_shortcut[:, index]).all()
            continue
        if not isinstance(network.get_submodule(f"{name}.shortcut"), nn.Identity):  # it gives x itself, read twice
            assert np.allclose(found.shortcut[index], cam(f"{name}.shortcut"), atol=1e-5)
            assert np.allclose(found.over_shortcut[:, index], flow(f"{name}.shortcut"), atol=1e-4)
        assert np.allclose(found.sum(index), cam(f"{name}.sum"), atol=1e-5)
        both = found.through_branch[:, index] + found.over_shortcut[:, index]
        assert np.allclose(both, flow(f"{name}.sum"), atol=1e-4)


def test_each_blocks_parts_add_up_to_about_the_rise_of_the_logit() -> None:
    found = explained(usual())
    both = found.through_branch + np.nan_to_num(found.over_shortcut)
    assert np.abs(both - found.rises[:, None]).max() < 0.1 * np.abs(found.rises).max()


def test_few_steps_at_a_time_give_the_same_flows(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = explained(usual())
    monkeypatch.setattr(blocks, "_steps_at_once", lambda *_: 5)
    parts = explained(usual())
    assert np.allclose(whole.through_branch, parts.through_branch, atol=1e-5)
    assert np.allclose(whole.over_shortcut, parts.over_shortcut, atol=1e-5)


def test_no_hook_remains_and_the_network_stays_as_it_was_also_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    network = usual().train()
    weights = {name: value.clone() for name, value in network.state_dict().items()}
    explained(network)
    assert network.training
    assert all(torch.equal(value, weights[name]) for name, value in network.state_dict().items())
    assert all(parameter.requires_grad for parameter in network.parameters())
    monkeypatch.setattr("explorer.questions.attribution.blocks.measure.copy.deepcopy", lambda module: module)
    calls = itertools.count()

    def cut(*_: object) -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explained(network, report=cut)
    assert hooks(network) == 0


def test_a_file_gives_back_every_array_and_refuses_what_does_not_fit() -> None:
    found = explained(usual())
    (again,) = BlockMaps.decode(BlockMaps.encode([found]))
    assert again.blocks == found.blocks
    for name in ("images", "targets", "logits", "through_branch", "over_shortcut", "rises"):
        assert np.array_equal(getattr(again, name), getattr(found, name))
    for name in ("after", "branch", "shortcut"):
        pairs = zip(getattr(again, name), getattr(found, name), strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs)
    for content in (b"", BlockMaps.encode([found])[:-30]):
        with pytest.raises(ValueError, match="no BlockMaps"):
            BlockMaps.decode(content)


@pytest.fixture
def runs(store: Store) -> list[Run]:
    torch.set_num_threads(1)
    return twins(store, DatasetName.SHAPES)


def test_every_block_is_explained_for_the_networks_own_answer(store: Store, runs: list[Run]) -> None:
    asked = {"runs": [run.id for run in runs], "step": 2, "images": [0, 5]}
    plain, residual = measured("attribution.blocks", asked, store, report=quiet)
    assert plain.blocks == residual.blocks == ("stage1.block1", "stage2.block1", "stage3.block1")
    assert np.isnan(plain.over_shortcut).all()
    assert np.isfinite(residual.over_shortcut).all()
    assert np.array_equal(residual.targets, residual.predictions)
