import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load as load_weights

from explorer.datasets import load
from explorer.networks import build
from explorer.questions.attribution.methods.job import REFERENCES, attribute_job
from explorer.questions.attribution.methods.measure import attribute
from explorer.questions.attribution.methods.result import from_npz
from explorer.questions.attribution.methods.spec import Method, MethodSettings
from explorer.questions.dataset.measure import dataset_job
from explorer.runs.events import Checkpoint
from explorer.runs.queue import claim, command, submit, submit_race
from explorer.runs.records import Command, JobState, Run
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, NetworkSpec, Race, Recipe, settings
from explorer.worker.jobs import do

RECIPE = Recipe(steps=2, batch=8, warmup=0, evaluate_every=1, checkpoint_every=1)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("RESIDUAL_EXPLORER_FOLDER", str(tmp_path))
    settings.cache_clear()
    torch.set_num_threads(1)
    yield Store(settings().store_path)
    settings.cache_clear()


def trained(store: Store, *networks: dict[str, Any], dataset: DatasetSpec | None = None) -> list[Run]:
    specs = [NetworkSpec(**{"depth": 8, "width": 4} | network) for network in networks]
    race = Race(networks=tuple(specs), dataset=dataset or DatasetSpec(), recipe=RECIPE)
    runs = submit_race(store, race, "me")
    job = claim(store, "train", "worker")
    assert job is not None
    do(job, store, settings().datasets_path)
    return runs


def request(runs: list[Run], **changes: Any) -> dict[str, Any]:
    return {"runs": [run.id for run in runs], "step": 2, "images": [0, 5, 7], **changes}


def quiet(share: float, message: str, _so_far: bytes | None = None) -> None:
    assert 0 <= share <= 1
    assert message


def test_all_networks_are_asked_about_the_same_pictures_and_answer_as_a_direct_call_does(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = request(runs, block="stage2.block1", methods=list(Method), settings={"samples": 4, "coalitions": 64})
    results = from_npz(attribute_job(asked, b"", store, quiet))
    data = load(DatasetSpec(), Path("unused"))
    assert len(results) == 2
    for run, result in zip(runs, results, strict=True):
        network = build(run.experiment.network)
        saved = store.checkpoint(run.id, 2)
        assert saved is not None
        network.load_state_dict(load_weights(saved.weights))
        images = data.normalise(data.test_images[[0, 5, 7]])
        direct = attribute(
            network, images, None, tuple(Method), "stage2.block1", shown=result.images,
            settings=MethodSettings(samples=4, coalitions=64), references=data.normalise(data.train_images[:REFERENCES]),
        )  # fmt: skip
        assert result.block == "stage2.block1"
        assert result.labels.tolist() == data.test_labels[[0, 5, 7]].tolist()
        assert np.array_equal(result.images, (data.test_images[[0, 5, 7]] * 255).round().byte().permute(0, 2, 3, 1))
        for method in Method:
            assert np.allclose(result.maps[method], direct.maps[method], atol=1e-6)
    assert not np.array_equal(results[0].logits, results[1].logits)


def test_checkpoints_differ_and_the_last_one_is_taken_when_none_is_named(store: Store) -> None:
    runs = trained(store, {})
    first, last, unnamed = (
        from_npz(attribute_job(request(runs, step=step, methods=["saliency"]), b"", store, quiet))[0]
        for step in (0, 2, None)
    )
    assert np.array_equal(last.logits, unnamed.logits)
    assert not np.array_equal(first.logits, last.logits)


def test_networks_of_different_depth_answer_at_the_block_they_have(store: Store) -> None:
    runs = trained(store, {"depth": 20}, {"depth": 8})
    results = from_npz(attribute_job(request(runs, block="stage2.block3", methods=["grad-cam"]), b"", store, quiet))
    assert [result.block for result in results] == ["stage2.block3", "stage2.block1"]


@pytest.mark.parametrize("baseline", ["mean", "black", "white", "blur"])
def test_the_baseline_is_the_picture_that_was_chosen(store: Store, baseline: str) -> None:
    runs = trained(store, {})
    asked = request(runs, methods=["integrated-gradients"], settings={"baseline": baseline, "tolerance": 0.001})
    result = from_npz(attribute_job(asked, b"", store, quiet))[0]
    data, saved = load(DatasetSpec(), Path("unused")), store.checkpoint(runs[0].id, 2)
    assert saved is not None
    network = build(runs[0].experiment.network)
    network.load_state_dict(load_weights(saved.weights))
    pictures = data.test_images[[0, 5, 7]]
    flat = {"mean": data.mean.view(1, 1, 1, 1), "black": torch.tensor(0.0), "white": torch.tensor(1.0)}
    shown = torch.ones_like(pictures) * flat.get(baseline, pictures.mean((2, 3), keepdim=True))
    with torch.no_grad():
        expected = network.eval()(data.normalise(shown)).numpy()
    if baseline == "blur":  # between the picture and its mean
        assert np.abs(result.baseline_logits - result.logits).max() > 0
        assert np.abs(result.baseline_logits - expected).max() < np.abs(result.logits - expected).max()
    else:
        assert np.allclose(result.baseline_logits, expected, atol=1e-5)
    deltas = result.deltas[Method.INTEGRATED_GRADIENTS]
    assert (np.abs(deltas) <= 0.001 * (1 + np.abs(result.explained)) + 1e-5).all()


def test_an_uploaded_picture_is_shown_as_the_network_sees_it(store: Store) -> None:
    file = io.BytesIO()
    Image.new("RGB", (100, 60), (255, 255, 255)).save(file, "PNG")
    runs = trained(store, {})
    result = from_npz(attribute_job(request(runs, images="upload"), file.getvalue(), store, quiet))[0]
    assert result.images.shape == (1, 8, 8, 1)
    assert (result.images == 255).all()
    assert result.labels.tolist() == [-1]


def test_the_true_class_and_a_given_class_are_explained(store: Store) -> None:
    runs = trained(store, {})
    for target in ("true", 3):
        result = from_npz(attribute_job(request(runs, target=target, methods=["saliency"]), b"", store, quiet))[0]
        assert result.targets.tolist() == (result.labels.tolist() if target == "true" else [3, 3, 3])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"runs": ["gone"]}, "not there any more"),
        ({"images": [360]}, "the test set has 360"),
        ({"target": 10}, "from 0 to 9"),
        ({"step": 1_000}, "no checkpoint at step 1000"),
        ({"images": []}, "1 to 16"),
        ({"methods": ["guess"]}, "saliency"),
        ({"images": "upload"}, "not a picture"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(store: Store, changes: dict[str, Any], sentence: str) -> None:
    runs = trained(store, {})
    with pytest.raises(ValueError, match=sentence) as error:
        attribute_job(request(runs) | changes, b"", store, quiet)
    assert str(error.value).endswith(".")


def test_runs_of_different_datasets_are_not_compared(store: Store) -> None:
    digits = trained(store, {})
    shapes = trained(store, {}, dataset=DatasetSpec(name=DatasetName.SHAPES))
    with pytest.raises(ValueError, match="different pictures"):
        attribute_job(request(digits + shapes), b"", store, quiet)


def test_a_checkpoint_of_another_network_is_refused(store: Store) -> None:
    runs = trained(store, {"depth": 8}, {"depth": 14})
    other = store.checkpoint(runs[1].id, 2)
    assert other is not None
    for weights in (other.weights, b"hostile", b"\xff" * 100):
        store.record(runs[0].id, [Checkpoint(2, weights, b"")])
        with pytest.raises(ValueError, match="does not fit its network"):
            attribute_job(request(runs[:1]), b"", store, quiet)


def test_the_worker_finishes_the_job_with_its_result_and_obeys_a_stop(store: Store) -> None:
    runs = trained(store, {})
    done = submit(store, "attribute", "me", request(runs))
    job = claim(store, "measure", "worker")
    assert job is not None
    do(job, store, settings().datasets_path)
    found, result = store.job(done), store.result(done)
    assert found is not None
    assert found.state is JobState.DONE
    assert result is not None
    assert len(from_npz(result)) == 1

    stopped = submit(store, "attribute", "me", request(runs, images=list(range(16))))
    job = claim(store, "measure", "worker")
    assert job is not None
    command(store, stopped, "me", Command.STOP)
    do(job, store, settings().datasets_path)
    found = store.job(stopped)
    assert found is not None
    assert found.state is JobState.CANCELLED
    assert store.result(stopped) is None


def test_a_dataset_is_fetched_and_a_wrong_one_named_in_a_sentence(store: Store) -> None:
    assert dataset_job({"name": "digits"}, b"", store, quiet) == b""
    with pytest.raises(ValueError, match=r"'digits', 'shapes'.*\.$"):
        dataset_job({"name": "unheard-of"}, b"", store, quiet)
