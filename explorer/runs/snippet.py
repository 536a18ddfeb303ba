"""Copy as PyTorch: a short stand-alone file that builds exactly one network and loads its exported weights."""

from collections.abc import Callable

from explorer.specs import BlockOutline, Layer, LayerKind, NetworkSpec, Normalisation, Order, ShortcutKind, outline

_HEAD = '''"""{title}: {parameters:,} parameters. Usage: python this_file.py WEIGHTS.safetensors"""

import sys
from collections import OrderedDict

import torch
from safetensors.torch import load_file
from torch import nn


class Scale(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return self.factor * x


class Pad(nn.Module):
    """Every second pixel where the stride is 2, then zero channels."""

    def __init__(self, stride, channels):
        super().__init__()
        self.stride, self.channels = stride, channels

    def forward(self, x):
        return nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.channels))


class Block(nn.Module):
    """y = {formula}"""

    def __init__(self, entry, branch, shortcut=None, projected=False):
        super().__init__()
        self.entry, self.branch, self.shortcut, self.projected = entry, branch, shortcut, projected
        self.relu = nn.ReLU()

    def forward(self, x):
        entry = self.entry({entry})
        y = self.branch(entry)
        if self.shortcut is not None:
            y = y + self.shortcut({read})
        return {result}


def layers(**modules):
    return nn.Sequential(OrderedDict(modules))


'''
_TAIL = """

def build():
    network = nn.Sequential(OrderedDict(stem=stem(), stage1=stage1(), stage2=stage2(), stage3=stage3(), head=head()))
    return network.eval()


if __name__ == "__main__":
    network = build()
    network.load_state_dict(load_file(sys.argv[1]))
    print(network(torch.zeros(1, {shape})))
"""


def snippet(spec: NetworkSpec) -> str:
    """Return a Python file that needs only torch and safetensors; its module names are those of exported weights."""
    form = outline(spec)
    post = spec.order is Order.POST
    text = _HEAD.format(
        title=spec.title,
        parameters=form.parameters,
        formula="relu(F(x) + shortcut(x))" if post else "shortcut(x) + F(relu(norm(x)))",
        # without norms the relu needs a view of its own, or captum's DeepLift would see the shortcut's gradient in it
        entry="x.view_as(x)" if not post and spec.normalisation is Normalisation.NONE else "x",
        read="x" if post else "entry if self.projected else x",
        result="self.relu(y)" if post else "y",
    )
    text += f"def stem():\n    return {_layers(form.stem, spec)}\n"
    for stage in (1, 2, 3):
        text += _stage(stage, [block for block in form.blocks if block.stage == stage], spec)
    head = ", ".join(
        (*map(_named(spec), form.head[:-2]), "pool=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten()", _named(spec)(form.head[-1]))
    )
    text += f"\n\ndef head():\n    return layers({head})\n"
    return text + _TAIL.format(shape=", ".join(map(str, spec.input_shape)))


def _stage(stage: int, blocks: list[BlockOutline], spec: NetworkSpec) -> str:
    first = f"    blocks = OrderedDict(block1={_block(blocks[0], spec)})\n"
    rest = ""
    if len(blocks) > 1:
        rest = f'    for index in range(2, {len(blocks) + 1}):\n        blocks[f"block{{index}}"] = {_block(blocks[1], spec)}\n'
    return f"\n\ndef stage{stage}():\n{first}{rest}    return nn.Sequential(blocks)\n"


def _block(block: BlockOutline, spec: NetworkSpec) -> str:
    parts = [_layers(block.entry, spec), _layers(block.branch, spec)]
    shortcut = block.shortcut
    match shortcut.kind:
        case ShortcutKind.IDENTITY:
            parts.append("nn.Identity()")
        case ShortcutKind.PADDED:
            parts.append(f"Pad({shortcut.stride}, {block.output_shape[0] - block.input_shape[0]})")
        case ShortcutKind.PROJECTION:
            parts += [_layers(shortcut.layers, spec), "projected=True"]
    return f"Block({', '.join(parts)})"


def _layers(layers: tuple[Layer, ...], spec: NetworkSpec) -> str:
    return f"layers({', '.join(map(_named(spec), layers))})"


def _named(spec: NetworkSpec) -> Callable[[Layer], str]:
    return lambda layer: f"{layer.name.rpartition('.')[2]}={_module(layer, spec)}"


def _module(layer: Layer, spec: NetworkSpec) -> str:
    into, out = layer.input_shape[0], layer.output_shape[0]
    match layer.kind:
        case LayerKind.CONV:
            stride = f", stride={layer.stride}" if layer.stride > 1 else ""
            padding = f", padding={layer.kernel // 2}" if layer.kernel > 1 else ""
            return f"nn.Conv2d({into}, {out}, {layer.kernel}{stride}{padding}{'' if layer.bias else ', bias=False'})"
        case LayerKind.NORM:
            return f"nn.BatchNorm2d({into})"
        case LayerKind.RELU:
            return "nn.ReLU()"
        case LayerKind.SCALE:
            return f"Scale({spec.branch_scale})"
        case LayerKind.LINEAR:
            return f"nn.Linear({into}, {out})"
    raise AssertionError(layer.kind)
