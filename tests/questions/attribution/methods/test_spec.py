from typing import Any

import pytest
from pydantic import ValidationError

from explorer.questions.attribution.methods.spec import USUAL, AttributionSpec, Method, MethodSettings, chosen_block
from explorer.specs import NetworkSpec, outline

GOOD: dict[str, Any] = {"runs": ["a", "b"], "images": [0, 3]}


def test_a_spec_survives_json_and_asks_for_one_method_of_each_family_by_default() -> None:
    spec = AttributionSpec.model_validate(GOOD)
    assert AttributionSpec.model_validate_json(spec.model_dump_json()) == spec
    assert spec.methods == USUAL
    assert spec.step is None
    assert spec.target == "predicted"


def test_an_upload_is_a_spec_without_positions() -> None:
    assert AttributionSpec.model_validate({**GOOD, "images": "upload"}).images == "upload"


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
        {"block": "stage5.block1"},
        {"settings": {"tolerance": 0}},
        {"settings": {"noise": float("nan")}},
        {"settings": {"samples": 1}},
        {"settings": {"baseline": "grey"}},
        {"settings": {"guess": 1}},
        {"block": "stage1.block0"},
        {"block": "stage1.block1.branch"},
        {"block": "stage1.block1\n"},
        {"target": -1},
        {"target": "best"},
        {"step": -1},
        {"extra": 1},
    ],
)
def test_a_spec_out_of_bounds_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AttributionSpec.model_validate({**GOOD, **changes})


def test_each_method_is_a_question_of_its_own_that_knows_only_what_it_reads() -> None:
    settings = MethodSettings(window=8, samples=32, seed=5)
    spec = AttributionSpec(**GOOD, methods=tuple(Method), block="stage2.block1", settings=settings)
    parts = {part.methods[0]: part for part in spec.parts()}
    assert set(parts) == set(Method)
    assert parts[Method.SALIENCY].settings == MethodSettings()
    assert parts[Method.OCCLUSION].settings == MethodSettings(window=8)
    assert parts[Method.SMOOTHGRAD].settings == MethodSettings(samples=32, seed=5)
    assert [method for method, part in parts.items() if part.block] == [
        Method.GRAD_CAM, Method.GUIDED_GRAD_CAM, Method.CONDUCTANCE,
    ]  # fmt: skip
    assert all(part.images == spec.images and part.runs == spec.runs for part in parts.values())


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
