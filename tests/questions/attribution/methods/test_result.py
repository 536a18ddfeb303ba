import dataclasses
import io
from typing import Any

import numpy as np
import pytest

from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method

rng = np.random.default_rng(0)


def result(**changes: Any) -> AttributionResult:
    fields: dict[str, Any] = {
        "block": "stage3.block2",
        "images": rng.integers(0, 256, (2, 4, 5, 3), np.uint8),
        "labels": np.array([0, -1]),
        "targets": np.array([1, 2]),
        "logits": np.array([[0, 1, 2], [5, 5, -1]], np.float32),
        "baseline_logits": np.array([[0.5, 0.25, 0], [0.5, 0.25, 0]], np.float32),
        "maps": {method: rng.standard_normal((2, 4, 5)).astype(np.float32) for method in Method},
        "deltas": {Method.INTEGRATED_GRADIENTS: np.array([0.1, -0.1], np.float32)},
    }
    return AttributionResult(**{**fields, **changes})


def test_probabilities_predictions_and_what_is_explained_follow_from_the_logits() -> None:
    found = result()
    assert np.allclose(found.probabilities, np.exp(found.logits) / np.exp(found.logits).sum(1, keepdims=True))
    assert found.predictions.tolist() == [2, 0]
    assert found.explained.tolist() == [0.75, -1.0]


def test_huge_logits_still_give_probabilities() -> None:
    assert result(logits=np.array([[1e30, 0, 0], [0, -1e30, 0]], np.float32)).probabilities[0, 0] == 1


@pytest.mark.parametrize("count", [1, 4])
def test_a_file_gives_back_every_result_in_order(count: int) -> None:
    results = [result(block=f"stage1.block{number + 1}") for number in range(count)]
    for before, after in zip(results, AttributionResult.decode(AttributionResult.encode(results)), strict=True):
        for field in dataclasses.fields(AttributionResult):
            if field.name not in {"maps", "deltas"}:
                assert np.array_equal(getattr(before, field.name), getattr(after, field.name))
        assert list(before.maps) == list(after.maps)
        assert list(before.deltas) == list(after.deltas)
        assert all(np.array_equal(before.deltas[method], after.deltas[method]) for method in before.deltas)
        assert all(np.array_equal(before.maps[method], after.maps[method]) for method in Method)


def test_a_result_without_a_method_that_adds_up_has_no_deltas_after_reading_either() -> None:
    found = result(deltas={}, maps={Method.SALIENCY: np.zeros((2, 4, 5), np.float32)})
    (again,) = AttributionResult.decode(AttributionResult.encode([found]))
    assert again.deltas == {}
    assert list(again.maps) == [Method.SALIENCY]


@pytest.mark.parametrize(
    "changes",
    [
        {"images": np.zeros((2, 4, 5), np.uint8)},
        {"images": np.zeros((2, 4, 5, 2), np.uint8)},
        {"images": np.zeros((17, 4, 5, 3), np.uint8)},
        {"images": np.zeros((0, 4, 5, 3), np.uint8)},
        {"labels": np.zeros(3, np.int64)},
        {"targets": np.array([0, 3])},
        {"targets": np.array([-1, 0])},
        {"logits": np.zeros((2, 4), np.float32)},
        {"maps": {Method.SALIENCY: np.zeros((2, 5, 4), np.float32)}},
        {"deltas": {Method.DEEPLIFT: np.zeros(3, np.float32)}},
        {"baseline_logits": np.zeros((1, 3), np.float32)},
    ],
)
def test_arrays_that_do_not_fit_each_other_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        result(**changes)


def damaged(**changes: Any) -> bytes:
    with np.load(io.BytesIO(AttributionResult.encode([result()]))) as file:
        arrays = {**file, **changes}
    out = io.BytesIO()
    np.savez(out, **{name: value for name, value in arrays.items() if value is not None})
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a file",
        AttributionResult.encode([result()])[:-40],
        damaged(count=np.int64(9)),
        damaged(count=np.array([1, 2])),
        damaged(**{"0-images": None}),
        damaged(**{"0-images": np.zeros((2, 4, 5, 3), np.float32)}),
        damaged(**{"0-logits": np.zeros((2, 3))}),
        damaged(**{"0-map-saliency": np.zeros((2, 9, 9), np.float32)}),
        damaged(**{"0-head": np.frombuffer(b"not json", np.uint8)}),
        damaged(**{"0-head": np.frombuffer(b"[]", np.uint8)}),
        damaged(**{"0-images": np.array([print], dtype=object)}),
    ],
    ids=range(12),
)
def test_bytes_that_are_not_an_attribution_are_refused_and_never_unpickled(content: bytes) -> None:
    with pytest.raises(ValueError, match="no AttributionResult"):
        AttributionResult.decode(content)


def test_a_packed_bomb_is_refused_by_its_size() -> None:
    bomb = io.BytesIO()
    np.savez_compressed(bomb, count=np.int64(1), bomb=np.zeros(2**28 + 1, np.uint8))
    with pytest.raises(ValueError, match="larger than any of these"):
        AttributionResult.decode(bomb.getvalue())
