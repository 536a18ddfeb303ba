import json

from explorer.specs import NetworkSpec, outline
from explorer.ui.components.drawing import drawing


def test_a_drawing_tells_equal_blocks_once_and_loses_none() -> None:
    form = outline(NetworkSpec(depth=1202, shortcut="C"))
    told = drawing(form)
    assert len(json.dumps(told)) < 12_000
    assert sum(run["count"] for run in told["runs"]) == 600
    assert sum(run["count"] * run["parameters"] for run in told["runs"]) == sum(block.parameters for block in form.blocks)
    last = told["runs"][-1]
    assert last["first"] + last["count"] * last["layers"] == 1202
    assert last["field"] + (last["count"] - 1) * last["field_step"] == form.receptive_field
