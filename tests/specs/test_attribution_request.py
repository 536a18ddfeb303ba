from typing import Any

import pytest
from pydantic import ValidationError

from explorer.specs import NetworkSpec, outline
from explorer.specs.attribution import AttributionRequest, Method, chosen_block

GOOD: dict[str, Any] = {"runs": ["a", "b"], "images": [0, 3]}


def test_a_request_survives_json_and_asks_for_everything_by_default() -> None:
    request = AttributionRequest.model_validate(GOOD)
    assert AttributionRequest.model_validate_json(request.model_dump_json()) == request
    assert request.methods == tuple(Method)
    assert request.step is None
    assert request.target == "predicted"


def test_an_upload_is_a_request_without_positions() -> None:
    assert AttributionRequest.model_validate({**GOOD, "images": "upload"}).images == "upload"


@pytest.mark.parametrize(
    "changes",
    [
        {"runs": []},
        {"runs": ["a", "a"]},
        {"runs": ["a", "b", "c", "d", "e"]},
        {"runs": ["x" * 65]},
        {"images": []},
        {"images": list(range(17))},
        {"images": [1, 1]},
        {"images": [-1]},
        {"images": "elsewhere"},
        {"images": "upload", "target": "true"},
        {"methods": []},
        {"methods": ["saliency", "saliency"]},
        {"methods": ["guesswork"]},
        {"block": "stage4.block1"},
        {"block": "stage1.block0"},
        {"block": "stage1.block1.branch"},
        {"block": "stage1.block1\n"},
        {"target": -1},
        {"target": "best"},
        {"step": -1},
        {"extra": 1},
    ],
)
def test_a_request_out_of_bounds_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AttributionRequest.model_validate({**GOOD, **changes})


@pytest.mark.parametrize(
    ("name", "depth", "found"),
    [
        ("stage2.block3", 20, "stage2.block3"),
        ("stage2.block9", 20, "stage2.block3"),
        ("stage2.block9", 56, "stage2.block9"),
        ("", 20, "stage3.block3"),
    ],
)
def test_a_shorter_network_answers_at_the_last_block_of_the_stage(name: str, depth: int, found: str) -> None:
    assert chosen_block(outline(NetworkSpec(depth=depth)), name).name == found
