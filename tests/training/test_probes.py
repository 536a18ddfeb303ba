"""What a step records along the depth, against slow truths, for every variant; and that recording disturbs nothing."""

import copy
import itertools

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork, build
from explorer.runs.events import BLOCKWISE, LAYERWISE
from explorer.specs import Block, NetworkSpec, Normalisation, Optimiser, Order, Recipe, Shortcut
from explorer.training.probes import SAMPLE, named
from explorer.training.update import Update, make_optimiser
from tests.reference import split_of_block

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))
Told = dict[str, tuple[float, ...]]


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 8, "width": 4, "input_shape": (1, 8, 8), **changes}
    return build(NetworkSpec.model_validate(fields), seed=3).train()


def of(variant: tuple) -> ResidualNetwork:
    block, order, shortcut, normalisation = variant
    depth = 11 if block is Block.BOTTLENECK else 8
    return network(depth=depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)


def pictures(count: int = 24) -> tuple[Tensor, Tensor]:
    return torch.randn(count, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(count) % 10


def recorded(made: ResidualNetwork, recipe: Recipe | None = None) -> Told:
    update = Update(made, make_optimiser(made, recipe or Recipe()))
    _, _, _, *values = update(*pictures(), record=True).tolist()
    return named(values, len(made.outline.weighted_layers), len(made.blocks))


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_both_terms_of_every_blocks_gradient_are_those_of_autograd_and_add_up(variant: tuple) -> None:
    made = of(variant)
    slow = copy.deepcopy(made)
    told = recorded(made)
    images, labels = pictures()
    inputs, x = [], slow.stem(images)
    for block in slow.blocks:
        x.retain_grad()
        inputs.append(x)
        x = block(x)
    x.retain_grad()
    cross_entropy(slow.head(x), labels).backward()
    for place, block in enumerate(slow.blocks):
        arriving = [*inputs, x][place + 1].grad
        over, through = split_of_block(block, inputs[place], arriving)
        whole = inputs[place].grad
        scale = float(whole.abs().max())
        torch.testing.assert_close(over + through, whole, rtol=1e-5, atol=1e-5 * scale)
        values = [told[name][place] for name in ("shortcut_gradients", "branch_gradients", "block_gradients")]
        assert values == pytest.approx([float(over.norm()), float(through.norm()), float(whole.norm())], rel=1e-4)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_recording_changes_no_weight_and_no_statistic(variant: tuple) -> None:
    bare, watched = of(variant), of(variant)
    for made, record in ((bare, False), (watched, True)):
        update = Update(made, make_optimiser(made, Recipe()))
        for _ in range(2):
            update(*pictures(), record=record)
    for name, value in bare.state_dict().items():
        torch.testing.assert_close(watched.state_dict()[name], value, rtol=1e-5, atol=1e-7, msg=name)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_responses_and_what_blocks_add_are_those_of_the_forward_pass(variant: tuple) -> None:
    made = of(variant)
    slow = copy.deepcopy(made)
    told = recorded(made)
    seen: dict[str, Tensor] = {}
    for name, module in slow.named_modules():
        module.register_forward_hook(lambda _m, _i, output, name=name: seen.update({name: output.detach()[:SAMPLE]}))
    slow(pictures()[0])
    wanted = [float(seen[layer.name].std(correction=0)) for layer in slow.outline.responses]
    assert told["responses"] == pytest.approx(wanted, rel=1e-3)
    for place, block in enumerate(slow.outline.blocks):
        if block.shortcut.kind == "none":
            assert all(told[name][place] != told[name][place] for name in ("added", "added_cosines"))
            continue
        branch, carried = seen[f"{block.name}.branch"].flatten(), seen[f"{block.name}.shortcut"].flatten()
        assert told["added"][place] == pytest.approx(float(branch.norm() / carried.norm()), rel=1e-4)
        cosine = float(torch.cosine_similarity(branch, carried, dim=0))
        assert told["added_cosines"][place] == pytest.approx(cosine, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(
    "recipe",
    [Recipe(), Recipe(nesterov=True), Recipe(optimiser=Optimiser.ADAMW, learning_rate=1e-3)],
    ids=["sgd", "nesterov", "adamw"],
)
def test_an_update_is_what_changed_over_what_was_there(recipe: Recipe) -> None:
    made = network()
    before = copy.deepcopy(made)
    told = recorded(made, recipe)
    for layer, ratio in zip(made.outline.weighted_layers, told["updates"], strict=True):
        old, new = (one.get_submodule(layer.name).weight.detach() for one in (before, made))
        assert ratio == pytest.approx(float((new - old).norm() / old.norm()), rel=1e-5)


def test_a_first_sgd_step_without_decay_moves_weights_by_rate_times_gradient() -> None:
    told = recorded(network(), Recipe(learning_rate=0.5, weight_decay=0))
    made = network()
    norms = [float(made.get_submodule(layer.name).weight.detach().norm()) for layer in made.outline.weighted_layers]
    ratios = [0.5 * gradient / norm for gradient, norm in zip(told["gradient_norms"], norms, strict=True)]
    assert told["updates"] == pytest.approx(ratios, rel=1e-3)


def test_a_zero_branch_adds_nothing_and_carries_nothing() -> None:
    told = recorded(network(zero_last_gain=True))
    assert told["added"] == told["branch_gradients"] == (0, 0, 0)
    assert told["shortcut_gradients"] == pytest.approx(told["block_gradients"])


def test_no_hook_remains_even_where_a_pass_fails() -> None:
    made = network()
    update = Update(made, make_optimiser(made, Recipe()))
    update(*pictures())
    with pytest.raises(RuntimeError, match="channels"):
        update(torch.zeros(2, 3, 8, 8), torch.zeros(2, dtype=torch.int64))
    for name, module in made.named_modules():
        assert not module._forward_hooks, name
        assert not module._forward_pre_hooks, name


def test_every_quantity_has_a_value_a_layer_or_a_value_a_block() -> None:
    told = recorded(network(depth=14))
    assert {name: len(told[name]) for name in (*LAYERWISE, *BLOCKWISE)} == {
        **dict.fromkeys(LAYERWISE, 14),
        **dict.fromkeys(BLOCKWISE, 6),
    }
