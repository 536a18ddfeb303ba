from typing import Any

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr

from explorer.questions.attribution.blocks.result import from_npz as blocks_from_npz
from explorer.questions.attribution.checks.job import check_job
from explorer.questions.attribution.checks.result import Checked, Interval
from explorer.questions.attribution.checks.spec import Check, CheckQuestion
from explorer.questions.attribution.likeness.job import likeness_job
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.job import attribute_job, blocks_job
from explorer.questions.attribution.methods.result import from_npz
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.pictures.measure import standing_job
from explorer.questions.attribution.pictures.result import Standing
from explorer.questions.attribution.pictures.result import from_npz as standing_from_npz
from explorer.runs.queue import claim, submit_race
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, NetworkSpec, Race, Recipe, settings
from explorer.worker.jobs import do

METHODS = ["saliency", "grad-cam"]


def quiet(share: float, message: str, _so_far: bytes | None = None) -> None:
    assert 0 <= share <= 1
    assert message


@pytest.fixture
def runs(store: Store) -> list[Run]:
    torch.set_num_threads(1)
    return trained(store, DatasetName.SHAPES)


def trained(store: Store, name: DatasetName) -> list[Run]:
    networks = tuple(NetworkSpec(depth=8, width=4, shortcut=shortcut) for shortcut in ("none", "A"))
    recipe = Recipe(steps=2, batch=8, warmup=0, evaluate_every=1, checkpoint_every=1)
    made = submit_race(store, Race(networks=networks, dataset=DatasetSpec(name=name), recipe=recipe), "me")
    job = claim(store, "train", "worker")
    assert job is not None
    do(job, store, settings().datasets_path)
    return made


def checked(store: Store, runs: list[Run], check: Check, **changes: Any) -> list[Checked]:
    question = {"runs": [run.id for run in runs], "check": check, "methods": METHODS, "pictures": 10, **changes}
    return list(Checked.from_json(check_job(question, b"", store, quiet)))


@pytest.mark.parametrize(
    ("check", "names"),
    [
        (Check.MASK, ("inside", "pointing", "overlap", "area")),
        (Check.CURVES, ("insertion", "deletion")),
        (Check.FAITHFUL, ("infidelity", "sensitivity")),
        (Check.WEIGHTS, ("trained", "head", "stage3", "stage2", "stage1", "stem")),
        (Check.LABELS, ("labels",)),
    ],
)
def test_every_check_answers_for_every_network_method_and_picture(
    store: Store, runs: list[Run], check: Check, names: tuple[str, ...]
) -> None:
    found = checked(store, runs, check)
    assert [one.method for one in found] == [Method.SALIENCY, Method.GRAD_CAM] * 2
    for one in found:
        assert one.check is check
        assert one.names[: len(names)] == names
        assert one.pictures == 10
        assert np.isfinite(one.values).all()
    if check is Check.WEIGHTS:
        assert np.allclose(found[0].values[0], 1)
        assert np.mean(found[0].values[-1]) < 0.9
    if check is Check.CURVES:
        one = found[0]
        curve = [
            np.array(row) for name, row in zip(one.names, one.values, strict=True) if name.startswith("insertion ")
        ]
        assert np.allclose(one.values[0], np.trapezoid(np.stack(curve), dx=1 / (len(curve) - 1), axis=0))


def test_the_share_inside_is_what_the_maps_and_the_masks_say(store: Store, runs: list[Run]) -> None:
    from explorer.datasets import load

    data = load(DatasetSpec(name=DatasetName.SHAPES), settings().datasets_path)
    assert data.test_masks is not None
    asked = {"runs": [runs[0].id], "images": list(range(8)), "methods": ["saliency"], "target": "true"}
    maps = from_npz(attribute_job(asked, b"", store, quiet))[0].maps[Method.SALIENCY]
    one = checked(store, runs[:1], Check.MASK, methods=["saliency"], pictures=8)[0]
    for row in range(8):
        positive = np.maximum(maps[row], 0)
        assert np.isclose(one.values[0][row], positive[data.test_masks[row].numpy()].sum() / positive.sum(), atol=1e-4)


def test_masks_are_refused_where_there_are_none(store: Store) -> None:
    digits = trained(store, DatasetName.DIGITS)
    with pytest.raises(ValueError, match=r"does not say where its objects are.*\.$"):
        checked(store, digits, Check.MASK)
    assert len(checked(store, digits, Check.CURVES)) == 4


def test_an_interval_holds_the_mean_and_shrinks_with_the_pictures() -> None:
    rng = np.random.default_rng(0)

    def of(count: int) -> Interval:
        row = tuple(float(value) for value in rng.random(count))
        return Checked(check=Check.MASK, method=Method.SALIENCY, names=("inside",), values=(row,)).interval("inside")

    few, many = of(10), of(1000)
    assert few.low < few.mean < few.high
    assert np.isclose(many.high - many.low, 2 * 1.96 * np.sqrt(1 / 12 / 1000), rtol=0.1)
    assert few.high - few.low > many.high - many.low
    with pytest.raises(ValueError, match="values do not fit"):
        Checked(check=Check.MASK, method=Method.SALIENCY, names=("inside",), values=())


def test_a_question_is_asked_method_by_method_but_shuffled_labels_are_learned_once() -> None:
    question = CheckQuestion(runs=("a",), check=Check.MASK, methods=tuple(Method), block="stage1.block1")
    parts = question.parts()
    assert [part.methods for part in parts] == [(method,) for method in Method]
    assert {part.block for part in parts if not part.methods[0].reads_block} == {""}
    assert CheckQuestion(runs=("a",), check=Check.LABELS, methods=tuple(Method)).parts()[0].methods == tuple(Method)


def test_standings_say_the_surest_mistakes_and_where_two_networks_differ(store: Store, runs: list[Run]) -> None:
    found = standing_from_npz(standing_job({"runs": [run.id for run in runs]}, b"", store, quiet))
    assert [one.probabilities.shape for one in found] == [(500, 6)] * 2
    assert np.allclose(found[0].probabilities.sum(1), 1, atol=1e-5)
    worst = found[0].worst
    sure = found[0].probabilities[list(worst)].max(1)
    assert (np.diff(sure) <= 0).all()
    wrong = found[0].probabilities.argmax(1) != found[0].labels
    assert len(worst) == wrong.sum()
    assert all(wrong[place] for place in worst)


def test_a_hand_computed_standing() -> None:
    a = Standing(np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]], np.float32), np.array([1, 1, 1]))
    b = Standing(np.array([[0.8, 0.2], [0.1, 0.9], [0.2, 0.8]], np.float32), np.array([1, 1, 1]))
    assert a.worst == (0, 1)
    assert a.differing(b) == (1, 0, 2)


def test_maps_are_compared_as_they_were_computed(store: Store, runs: list[Run]) -> None:
    asked = {"runs": [run.id for run in runs], "step": 2, "images": [0, 1], "methods": METHODS}
    maps = attribute_job(asked, b"", store, quiet)
    found = Likeness.from_npz(likeness_job({}, maps, store, quiet))
    assert found.names == ((0, "grad-cam"), (0, "saliency"), (1, "grad-cam"), (1, "saliency"))
    assert found.ranks.shape == (2, 4, 4)
    one, other = (from_npz(maps)[0].maps[Method(name)][1] for name in METHODS)
    assert np.isclose(found.ranks[1, 0, 1], spearmanr(one.ravel(), other.ravel()).statistic, atol=1e-6)
    with pytest.raises(ValueError, match="not an attribution"):
        likeness_job({}, b"hostile", store, quiet)


def test_every_block_is_explained_for_the_networks_own_answer(store: Store, runs: list[Run]) -> None:
    asked = {"runs": [run.id for run in runs], "step": 2, "images": [0, 5]}
    plain, residual = blocks_from_npz(blocks_job(asked, b"", store, quiet))
    assert plain.blocks == residual.blocks == ("stage1.block1", "stage2.block1", "stage3.block1")
    assert np.isnan(plain.over_shortcut).all()
    assert np.isfinite(residual.over_shortcut).all()
    assert np.array_equal(residual.targets, residual.predictions)
