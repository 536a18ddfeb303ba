import pytest
import torch
import torchvision
from pydantic import ValidationError
from torch import nn

from explorer.networks import build
from explorer.networks.torchvision_names import load_torchvision, our_name
from explorer.specs import ImagenetSpec, outline

PAPER = {
    # depth: parameters, then multiply-adds with the stride on the 3x3 and with it on the first 1x1; option B
    18: (11_689_512, 1_814_073_344, None),
    34: (21_797_672, 3_663_761_408, None),
    50: (25_557_032, 4_089_184_256, 3_857_973_248),
    101: (44_549_160, 7_801_405_440, 7_570_194_432),
    152: (60_192_808, 11_513_626_624, 11_282_415_616),
}


@pytest.mark.parametrize("depth", PAPER)
def test_parameters_and_multiply_adds_are_the_papers_and_torchvisions(depth: int) -> None:
    parameters, on_three, on_one = PAPER[depth]
    form = outline(ImagenetSpec(depth=depth))
    assert (form.parameters, form.macs, len(form.weighted_layers)) == (parameters, on_three, depth)
    if on_one:
        assert outline(ImagenetSpec(depth=depth, stride_on="1x1")).macs == on_one
    assert sum(weight.numel() for weight in getattr(torchvision.models, f"resnet{depth}")().parameters()) == parameters


def test_the_other_options_of_34_layers_cost_what_the_paper_says() -> None:
    a, c = (outline(ImagenetSpec(depth=34, shortcut=option)) for option in ("A", "C"))
    assert (a.parameters, a.macs) == (21_623_848, 3_644_493_824)
    assert (c.parameters, c.macs) == (22_716_840, 3_830_747_136)
    assert outline(ImagenetSpec(depth=18, shortcut="A")).parameters == 11_515_688
    plain = outline(ImagenetSpec(depth=34, shortcut="none"))
    assert plain.spec.title == "plain-34"
    assert plain.parameters == a.parameters


def torchvisions(depth: int) -> nn.Module:
    torch.manual_seed(depth)
    network = getattr(torchvision.models, f"resnet{depth}")()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            nn.init.uniform_(module.weight, 0.2, 0.6)
    return network.eval()


@pytest.mark.parametrize("depth", PAPER)
def test_with_torchvisions_weights_the_logits_are_torchvisions(depth: int) -> None:
    theirs, ours = torchvisions(depth), build(ImagenetSpec(depth=depth)).eval()
    load_torchvision(ours, theirs.state_dict())
    images = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        expected, found = theirs(images), ours(images)
    assert float((expected - found).abs().max()) <= 1e-4 * max(1, float(expected.abs().max()))


def test_the_shapes_of_the_outline_are_those_of_the_network() -> None:
    form, network, seen = outline(ImagenetSpec(depth=50)), build(ImagenetSpec(depth=50)).eval(), {}
    for name, module in network.named_modules():
        module.register_forward_hook(lambda _module, _in, out, name=name: seen.update({name: tuple(out.shape[1:])}))
    with torch.no_grad():
        network(torch.zeros(1, 3, 224, 224))
    assert all(seen[layer.name] == layer.output_shape for layer in form.layers)
    assert [block.output_shape for block in form.blocks][-1] == (2048, 7, 7)


@pytest.mark.parametrize(("change", "words"), [("missing", "is missing"), ("more", "not part"), ("shape", "has shape")])
def test_weights_that_do_not_fit_are_named_in_a_sentence(change: str, words: str) -> None:
    weights = torchvisions(18).state_dict()
    if change == "missing":
        del weights["layer1.0.conv1.weight"]
    elif change == "more":
        weights["layer1.7.conv1.weight"] = torch.zeros(1)
    else:
        weights["fc.bias"] = torch.zeros(3)
    with pytest.raises(ValueError, match=rf"do not fit residual-18: .*{words}.*\.$"):
        load_torchvision(build(ImagenetSpec(depth=18)), weights)


def test_names_are_told_in_our_words() -> None:
    assert our_name("layer3.22.bn2.running_mean") == "stage3.block23.branch.norm2.running_mean"
    assert our_name("layer2.0.downsample.1.weight") == "stage2.block1.shortcut.norm.weight"


@pytest.mark.parametrize(
    "changes", [{"depth": 20}, {"depth": 50, "block": "basic"}, {"stride_on": "5x5"}, {"order": "pre"}, {"width": 32}]
)
def test_another_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ImagenetSpec.model_validate(changes)
