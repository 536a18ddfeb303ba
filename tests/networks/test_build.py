import itertools

import pytest
import torch
from torch import nn

from explorer.networks import build
from explorer.specs import Block, LayerKind, NetworkSpec, Normalisation, Order, Shortcut, ShortcutKind, outline

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def spec_of(block: Block, order: Order, shortcut: Shortcut, norm: Normalisation, **changes: object) -> NetworkSpec:
    fields = {"depth": 20, "width": 4, "block": block, "order": order, "shortcut": shortcut, "normalisation": norm, **changes}
    return NetworkSpec.model_validate({"input_shape": (3, 12, 12), **fields})


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_outline_agrees_with_the_built_module_exactly(variant: tuple) -> None:
    network = build(spec_of(*variant, branch_scale=0.5))
    seen: dict[str, tuple[int, ...]] = {}
    for name, module in network.named_modules():
        module.register_forward_hook(lambda _m, _i, output, name=name: seen.update({name: tuple(output.shape[1:])}))
    network(torch.randn(2, 3, 12, 12))
    for layer in network.outline.layers:
        module = network.get_submodule(layer.name)
        assert seen[layer.name] == layer.output_shape, layer.name
        assert sum(weight.numel() for weight in module.parameters()) == layer.parameters, layer.name
        if isinstance(module, nn.Conv2d):
            assert module.weight.numel() * layer.output_shape[1] * layer.output_shape[2] == layer.macs
    assert sum(weight.numel() for weight in network.parameters()) == network.outline.parameters


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_module_is_used_twice_and_none_works_in_place(variant: tuple) -> None:
    network = build(spec_of(*variant))
    calls: dict[str, int] = {}
    for name, module in network.named_modules():
        assert not getattr(module, "inplace", False)
        module.register_forward_hook(lambda *_, name=name: calls.update({name: calls.get(name, 0) + 1}))
    network(torch.randn(2, 3, 12, 12))
    assert set(calls.values()) == {1}


@pytest.mark.parametrize(("block", "order", "norm"), list(itertools.product(Block, Order, Normalisation)))
def test_a_plain_network_loads_its_option_a_twins_weights_strictly(block: Block, order: Order, norm: Normalisation) -> None:
    residual, plain = (build(spec_of(block, order, option, norm)) for option in (Shortcut.A, Shortcut.NONE))
    plain.load_state_dict(residual.state_dict(), strict=True)


@pytest.mark.parametrize(("block", "order", "norm"), list(itertools.product(Block, Order, Normalisation)))
def test_all_options_start_with_the_same_weights_on_the_main_path(block: Block, order: Order, norm: Normalisation) -> None:
    plain, *others = (build(spec_of(block, order, option, norm), seed=3) for option in Shortcut)
    for other in others:
        theirs = dict(other.named_parameters())
        assert all(torch.equal(weight, theirs[name]) for name, weight in plain.named_parameters())


def test_another_seed_gives_other_weights_and_leaves_the_global_generator_alone() -> None:
    before = torch.random.get_rng_state()
    one, other = build(NetworkSpec(depth=8), seed=0), build(NetworkSpec(depth=8), seed=1)
    assert torch.equal(before, torch.random.get_rng_state())
    assert not torch.equal(one.stem.conv.weight, other.stem.conv.weight)


@pytest.mark.parametrize("variant", [one for one in VARIANTS if one[2] is not Shortcut.NONE])
def test_the_sum_is_branch_plus_shortcut(variant: tuple) -> None:
    network = build(spec_of(*variant))
    block = network.stage2.block1
    found: dict[str, torch.Tensor] = {}
    for name in ("branch", "shortcut", "sum"):
        getattr(block, name).register_forward_hook(lambda _m, _i, output, name=name: found.update({name: output}))
    network(torch.randn(2, 3, 12, 12))
    assert torch.equal(found["sum"], found["branch"] + found["shortcut"])


@pytest.mark.parametrize("variant", [one for one in VARIANTS if one[2] is not Shortcut.NONE])
def test_with_a_zero_last_gain_every_block_starts_as_its_shortcut(variant: tuple) -> None:
    network = build(spec_of(*variant, zero_last_gain=True))
    found: list[torch.Tensor] = []
    for block in network.outline.blocks:
        network.get_submodule(f"{block.name}.branch").register_forward_hook(lambda _m, _i, output: found.append(output))
    network(torch.randn(2, 3, 12, 12))
    assert all(not output.any() for output in found)


def test_option_a_keeps_every_second_pixel_and_adds_zero_channels() -> None:
    network = build(spec_of(Block.BASIC, Order.POST, Shortcut.A, Normalisation.BATCH))
    x = torch.randn(1, 4, 12, 12)
    carried = network.stage2.block1.shortcut(x)
    assert torch.equal(carried[:, :4], x[:, :, ::2, ::2])
    assert not carried[:, 4:].any()


def test_the_deepest_network_builds() -> None:
    spec = NetworkSpec(depth=1202, width=4)
    network = build(spec)
    assert sum(isinstance(module, nn.Conv2d) for module in network.modules()) == 1201
    kinds = [block.shortcut.kind for block in outline(spec).blocks]
    assert kinds.count(ShortcutKind.PADDED) == 2
    assert sum(layer.kind is LayerKind.SUM for layer in outline(spec).layers) == 600
