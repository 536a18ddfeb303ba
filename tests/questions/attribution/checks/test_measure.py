from typing import Any

import numpy as np
import pytest
import torch
from captum.metrics import infidelity

from explorer.datasets import load
from explorer.questions.attribution.checks.faithfulness import (
    PATCHES,
    POINTS,
    infidelities,
    insertion_deletion,
    sensitivities,
    shares,
)
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.sanity import levels, randomised, rank_agreement
from explorer.questions.attribution.checks.scores import mask_scores
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.measure import pose
from explorer.questions.attribution.methods.methods import METHODS
from explorer.questions.attribution.methods.posed import Posed
from explorer.questions.attribution.methods.spec import Method
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, settings
from tests.measured import measured
from tests.studio import twins
from tests.trained import quiet
from tests.variants import Small, pictures, usual

rng = np.random.default_rng(0)


def masks() -> np.ndarray:
    found = np.zeros((3, 8, 8), bool)
    found[0, :2, :2] = found[1, 3:6, 3:6] = found[2, 7, :] = True
    return found


def test_a_map_that_is_the_mask_scores_one_and_its_opposite_scores_nothing() -> None:
    best, worst = mask_scores(masks().astype(np.float32), masks()), mask_scores(-masks().astype(np.float32), masks())
    for name in ("inside", "pointing", "overlap"):
        assert np.allclose(best[name], 1)
        assert np.allclose(worst[name], 0)
    assert np.allclose(best["area"], [4 / 64, 9 / 64, 8 / 64])


def test_a_hand_computed_score() -> None:
    """Mask of two pixels; the map puts 3 of its 4 positive parts inside, its largest value outside."""
    mask = np.array([[[True, True], [False, False]]])
    found = mask_scores(np.array([[[1.0, 1.5], [2.5, -9]]], np.float32), mask)
    assert np.allclose(found["inside"], 2.5 / 5)
    assert found["pointing"] == [0]
    assert np.allclose(found["overlap"], 1 / 3)  # the two largest: one on the object, one beside it


def test_a_map_without_knowledge_scores_about_the_objects_area() -> None:
    many, mask = rng.random((4000, 8, 8), np.float32), np.repeat(masks()[1:2], 4000, axis=0)
    found = mask_scores(many, mask)
    assert np.isclose(found["inside"].mean(), 9 / 64, atol=0.005)
    assert np.isclose(found["pointing"].mean(), 9 / 64, atol=0.02)


def posed(count: int = 2) -> Posed:
    return pose(usual(), pictures(count), None, "stage3.block1", shown=np.zeros((count, 8, 8, 3), np.uint8))


def test_insertion_ends_where_deletion_begins_and_each_step_is_what_the_formula_says() -> None:
    one = posed()
    maps = METHODS[Method.SALIENCY](one).map
    inserted, deleted = insertion_deletion(one.forward, one, maps)
    assert inserted.shape == deleted.shape == (2, POINTS)
    assert torch.allclose(inserted[:, -1], deleted[:, 0])
    assert torch.allclose(inserted[:, 0], deleted[:, -1])
    middle = POINTS // 4
    for row in range(2):
        order = maps[row].flatten().argsort(descending=True, stable=True)[: round(shares()[middle] * 64)]
        picture = torch.zeros_like(one.images[row]).flatten(1)
        picture[:, order] = one.images[row].flatten(1)[:, order]
        with torch.no_grad():
            expected = one.forward(picture.view(1, 3, 8, 8)).softmax(1)[0, one.targets[row]]
        assert torch.isclose(inserted[row, middle], expected, atol=1e-6)


def test_the_map_of_a_linear_network_is_faithful_and_a_random_one_is_not() -> None:
    images = torch.rand(2, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    one = pose(Small(), images, torch.tensor([0, 0]), "block", shown=np.zeros((2, 8, 8, 1), np.uint8))
    exact = METHODS[Method.INTEGRATED_GRADIENTS](one).map
    noise = torch.randn(2, 8, 8, generator=torch.Generator().manual_seed(2))
    assert (infidelities(one.forward, one, exact) < 1e-6).all()
    assert (infidelities(one.forward, one, noise) > 1e-2).all()
    assert (infidelities(one.forward, one, 3 * exact) < 1e-6).all()  # the unit does not matter


def test_infidelity_is_what_captum_says_for_patches_of_ones_own() -> None:
    one = posed()
    maps = METHODS[Method.SALIENCY](one).map

    def whole(images: torch.Tensor, baselines: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.ones_like(images), baselines

    spread = (maps[:, None] / 3).expand(-1, 3, -1, -1)
    rise = (one.forward(one.images) - one.forward(one.baselines)).gather(1, one.targets[:, None])[:, 0]
    direct = infidelity(one.forward, whole, one.images, spread, one.baselines, target=one.targets, n_perturb_samples=1)
    assert torch.allclose(direct, (maps.sum((1, 2)) - rise) ** 2, rtol=1e-3)
    again = [infidelities(one.forward, one, maps, seed=seed) for seed in (0, 0, 1)]
    assert torch.equal(again[0], again[1])
    assert not torch.equal(again[0], again[2])
    assert PATCHES >= 16


def test_a_map_that_does_not_read_the_picture_has_no_sensitivity_and_saliency_has_some() -> None:
    one = posed()
    fixed = torch.rand(2, 8, 8)
    assert (sensitivities(lambda many: fixed.repeat_interleave(many.count // 2, 0), one) == 0).all()
    found = sensitivities(lambda many: METHODS[Method.SALIENCY](many).map, one)
    assert (found > 0).all()
    assert torch.isfinite(found).all()


def test_parts_are_made_random_one_after_another_and_the_network_stays_as_it_is() -> None:
    network = usual().eval()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    calibration = pictures(8)
    done: list[str] = []
    for level, changed in randomised(network, calibration, seed=2):
        done.append(level)
        weights = {name for name, _ in network.named_parameters()}
        for name in weights:
            part, same = name.split(".")[0], torch.equal(changed.state_dict()[name], before[name])
            if name.endswith("conv1.weight"):
                assert same == (part not in done), name
        assert not changed.training
        with torch.no_grad():
            assert torch.isfinite(changed(calibration)).all()
    assert done == levels(network) == ["head", "stage3", "stage2", "stage1", "stem"]
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_rank_agreement_is_one_for_the_same_order_whatever_scale_or_sign_and_nothing_for_a_flat_map() -> None:
    maps = rng.standard_normal((2, 8, 8)).astype(np.float32)
    assert np.allclose(rank_agreement(maps, maps), 1)
    assert np.allclose(rank_agreement(maps, -3 * maps), 1)
    assert np.abs(rank_agreement(maps, rng.standard_normal((2, 8, 8)).astype(np.float32))).max() < 0.5
    assert rank_agreement(maps, np.ones_like(maps)).tolist() == [0, 0]


@pytest.mark.parametrize("method", Method)
def test_every_method_can_be_asked_for_its_sensitivity(method: Method) -> None:
    found = sensitivities(lambda many: METHODS[method](many).map, posed(1))
    assert found.shape == (1,)
    assert torch.isfinite(found).all()


@pytest.fixture
def runs(store: Store) -> list[Run]:
    torch.set_num_threads(1)
    return twins(store, DatasetName.SHAPES)


def checked(store: Store, runs: list[Run], check: Check, **changes: Any) -> list[Checked]:
    spec = {"runs": [run.id for run in runs], "check": check, "methods": ["saliency", "grad-cam"], "pictures": 10, **changes}
    return list(measured("attribution.checks", spec, store, report=quiet))


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
        curve = [np.array(row) for name, row in zip(one.names, one.values, strict=True) if name.startswith("insertion ")]
        assert np.allclose(one.values[0], np.trapezoid(np.stack(curve), dx=1 / (len(curve) - 1), axis=0))


def test_the_share_inside_is_what_the_maps_and_the_masks_say(store: Store, runs: list[Run]) -> None:

    data = load(DatasetSpec(name=DatasetName.SHAPES), settings().datasets_path)
    assert data.test_masks is not None
    asked = {"runs": [runs[0].id], "images": list(range(8)), "methods": ["saliency"], "target": "true"}
    maps = measured("attribution.methods", asked, store, report=quiet)[0].maps[Method.SALIENCY]
    one = checked(store, runs[:1], Check.MASK, methods=["saliency"], pictures=8)[0]
    for row in range(8):
        positive = np.maximum(maps[row], 0)
        assert np.isclose(one.values[0][row], positive[data.test_masks[row].numpy()].sum() / positive.sum(), atol=1e-4)


def test_masks_are_refused_where_there_are_none(store: Store) -> None:
    digits = twins(store)
    with pytest.raises(ValueError, match=r"does not say where its objects are.*\.$"):
        checked(store, digits, Check.MASK)
    assert len(checked(store, digits, Check.CURVES)) == 4
