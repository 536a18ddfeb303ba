"""An outline as compact data for the browser: equal blocks in a row are told once, with their count."""

from itertools import groupby
from typing import Any

from explorer.specs import BlockOutline, Layer, Outline


def drawing(outline: Outline) -> dict[str, Any]:
    """Return what the diagram needs to draw a network; its size does not grow with the depth.

    `runs` are blocks in a row that are equal but for their number and receptive field; block i of a run is
    `stage{stage}.block{index + i}`, holds `layers` weighted layers from `first + i * layers` (1 is the stem) and has the
    receptive field `field + i * field_step`, in input pixels.
    """
    runs: list[dict[str, Any]] = []
    first, index, stage = 2, 1, 0
    for _, group in groupby(outline.blocks, key=_likeness):
        blocks = list(group)
        index = 1 if blocks[0].stage != stage else index
        stage = blocks[0].stage
        runs.append(_run(blocks, first, index))
        first += len(blocks) * runs[-1]["layers"]
        index += len(blocks)
    return {
        "depth": len(outline.weighted_layers),
        "order": outline.spec.order,
        "scale": outline.spec.branch_scale,
        "stem": [_layer(layer) for layer in outline.stem],
        "runs": runs,
        "head": [_layer(layer) for layer in outline.head],
    }


def _likeness(block: BlockOutline) -> tuple[object, ...]:
    layers = tuple((layer.kind, layer.input_shape, layer.output_shape, layer.stride) for layer in block.layers)
    return (block.stage, block.shortcut.kind, layers)


def _run(blocks: list[BlockOutline], first: int, index: int) -> dict[str, Any]:
    block = blocks[0]
    return {
        "stage": block.stage,
        "index": index,
        "count": len(blocks),
        "first": first,
        "layers": sum(layer.weighted for layer in block.branch),
        "shortcut": block.shortcut.kind,
        "parameters": block.parameters,
        "macs": block.macs,
        "input": block.input_shape,
        "output": block.output_shape,
        "field": block.receptive_field,
        "field_step": blocks[1].receptive_field - block.receptive_field if len(blocks) > 1 else 0,
        "entry": [_layer(layer) for layer in block.entry],
        "branch": [_layer(layer) for layer in block.branch],
        "projection": [_layer(layer) for layer in block.shortcut.layers],
        "exit": [_layer(layer) for layer in block.exit],
    }


def _layer(layer: Layer) -> dict[str, Any]:
    return {
        "kind": layer.kind,
        "kernel": layer.kernel,
        "stride": layer.stride,
        "output": layer.output_shape,
        "parameters": layer.parameters,
        "macs": layer.macs,
    }
