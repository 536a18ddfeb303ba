import io
from typing import Any

import pytest
import torch
from PIL import Image

from explorer.datasets import load
from explorer.questions.anatomy.job import anatomy_job
from explorer.questions.anatomy.measure import anatomy
from explorer.questions.anatomy.result import Anatomy
from explorer.questions.boundary.job import boundary_job
from explorer.questions.boundary.measure import boundary
from explorer.questions.boundary.result import Boundary
from explorer.questions.given import network_at
from explorer.questions.graft.job import graft_job
from explorer.questions.graft.result import Grafted
from explorer.questions.lesion.job import lesion_job
from explorer.questions.lesion.measure import lesion
from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import Study
from explorer.questions.paths.job import paths_job
from explorer.questions.paths.measure import paths
from explorer.questions.paths.result import Paths
from explorer.questions.surface.job import surface_job
from explorer.questions.surface.measure import surface
from explorer.questions.surface.result import Surface
from explorer.questions.surface.spec import SurfaceQuestion
from explorer.runs.questions import answer, ask
from explorer.runs.queue import claim, submit_race
from explorer.runs.records import JobState, Run, RunState
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, Race, settings
from explorer.specs.graft import Change, Graft, changed
from explorer.worker.jobs import do
from tests.questions.attribution.methods.test_job import quiet, store, trained

__all__ = ["store"]


@pytest.mark.parametrize("study", Study)
def test_every_study_answers_for_each_run_as_a_direct_call_does(store: Store, study: Study) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "B"})
    removed = ("stage1.block1",) if study is Study.CHOSEN else ()
    request = {"runs": [run.id for run in runs], "step": 2, "study": study, "removed": removed, "draws": 2}
    results = LesionResult.from_json(lesion_job(request, b"", store, quiet))
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.test_images), data.test_labels
    torch.manual_seed(0)
    direct = [lesion(network_at(store, run, 2), images, labels, study, removed=removed, draws=2) for run in runs]
    assert list(results) == direct
    assert all(result.pictures == 360 for result in results)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"study": "all"}, "study is 'all'"),
        ({"draws": 0}, "draws is 0"),
        ({"removed": ["../x"]}, "removed"),
        ({"runs": ["gone"]}, "not there any more"),
        ({"step": 77}, "no checkpoint at step 77"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(store: Store, changes: dict[str, Any], sentence: str) -> None:
    [run] = trained(store, {})
    with pytest.raises(ValueError, match=sentence):
        lesion_job({"runs": [run.id], "step": 2, "study": "single", **changes}, b"", store, quiet)


def test_the_anatomy_of_each_run_is_that_of_a_direct_call(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A", "order": "pre"})
    told = Anatomy.from_json(anatomy_job({"runs": [run.id for run in runs], "step": 2}, b"", store, quiet))
    data = load(DatasetSpec(), settings().datasets_path)
    train, test = data.normalise(data.train_images), data.normalise(data.test_images)
    direct = [
        anatomy(
            network_at(store, run, 2), (train[:256], data.train_labels[:256]), (train, data.train_labels),
            (test, data.test_labels),
        )
        for run in runs
    ]  # fmt: skip
    assert list(told) == direct
    assert (told[0].batch, told[0].fitted, told[0].pictures) == (256, 1437, 360)


def test_paths_of_each_run_are_those_of_a_direct_call(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "draws": 4, "seed": 1}
    told = Paths.from_json(paths_job(asked, b"", store, quiet))
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.test_images[:8]), data.test_labels[:8]
    assert list(told) == [paths(network_at(store, run, 2), images, labels, draws=4, seed=1) for run in runs]


def test_a_surface_is_told_as_far_as_it_is_known_and_kept_when_it_is_cancelled(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "points": 3, "span": 0.5}
    job = ask(store, "surface", "me", SurfaceQuestion.model_validate(asked).model_dump(mode="json"))
    seen = []

    def report(progress: float, message: str, so_far: bytes | None = None) -> None:
        store.report(job, progress, message, so_far)
        seen.append(answer(store, job))

    told = Surface.from_json(surface_job(asked, b"", store, report))
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.train_images[:256]), data.train_labels[:256]
    shape = {"dimensions": 2, "points": 3, "span": 0.5, "seed": 0}
    assert list(told) == [surface(network_at(store, run, 2), images, labels, **shape) for run in runs]
    half = Surface.from_json(next(content for content in reversed(seen) if content))
    assert half[0] == told[0]
    assert [row is None for row in half[1].rows] == [False, False, True]
    store.finish(job, JobState.CANCELLED)
    assert answer(store, job) == seen[-1]


@pytest.mark.parametrize(("points", "sentence"), [(24, "allowed are odd numbers"), (99, "points is 99")])
def test_a_surface_without_a_centre_or_too_fine_is_refused(store: Store, points: int, sentence: str) -> None:
    [run] = trained(store, {})
    with pytest.raises(ValueError, match=sentence):
        surface_job({"runs": [run.id], "points": points}, b"", store, quiet)


def test_a_boundary_is_that_of_the_asked_picture_and_none_beyond_the_test_set(store: Store) -> None:
    [run] = trained(store, {"shortcut": "A"})
    asked = {"runs": [run.id], "stage": 3, "image": 7}
    [told] = Boundary.from_json(boundary_job(asked, b"", store, quiet))
    data = load(DatasetSpec(), settings().datasets_path)
    image = data.normalise(data.test_images[7:8])[0]
    assert told == boundary(network_at(store, run, None), image, int(data.test_labels[7]), 3)
    with pytest.raises(ValueError, match="pictures 0 to 359"):
        boundary_job({**asked, "image": 360}, b"", store, quiet)


def test_a_boundary_of_ones_own_picture_is_asked_about_that_picture(store: Store) -> None:
    [run] = trained(store, {"shortcut": "A"})
    file = io.BytesIO()
    Image.new("L", (8, 8), 255).save(file, "PNG")
    asked = {"runs": [run.id], "image": "upload"}
    [told] = Boundary.from_json(boundary_job(asked, file.getvalue(), store, quiet))
    data = load(DatasetSpec(), settings().datasets_path)
    white = data.normalise(torch.full_like(data.test_images[:1], data.test_images.max()))[0]
    assert told == boundary(network_at(store, run, None), white, -1, 2)
    with pytest.raises(ValueError, match="picture"):
        boundary_job(asked, b"not a picture", store, quiet)


def grow(store: Store, runs: list[Run], change: Change) -> list[Run]:
    networks = tuple(changed(run.experiment.network, change) for run in runs)
    race = Race(networks=networks, recipe=runs[0].experiment.recipe)
    return submit_race(store, race, "me", origins=[Graft(run=run.id, step=2, change=change) for run in runs])


def train_next(store: Store) -> None:
    job = claim(store, "train", "worker")
    assert job is not None
    do(job, store, settings().datasets_path)


def test_training_goes_on_from_a_changed_checkpoint_and_the_loss_does_not_jump(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "change": "insert"}
    plain, residual = Grafted.from_json(graft_job(asked, b"", store, quiet))
    assert residual.loss_after == pytest.approx(residual.loss_before, rel=1e-4)
    assert plain.loss_after != pytest.approx(plain.loss_before, rel=1e-3)
    made = grow(store, runs, Change.INSERT)
    train_next(store)
    for run, one in zip(made, (plain, residual), strict=True):
        now = store.run(run.id)
        assert now is not None
        assert now.state is RunState.FINISHED
        first = store.evaluations(run.id)[0]
        assert (first.step, first.test_loss) == (0, pytest.approx(one.loss_after, rel=1e-4))
        assert store.checkpoints(run.id) == [0, 1, 2]
        assert now.origin == Graft(run=runs[made.index(run)].id, step=2, change=Change.INSERT)
    assert store.runs_of([run.experiment for run in made]) == []  # no seed gives these curves


def test_a_run_whose_parent_is_gone_says_so(store: Store) -> None:
    runs = trained(store, {"shortcut": "A"})
    [made] = grow(store, runs, Change.INSERT)
    store.delete(runs[0].id)
    train_next(store)
    now = store.run(made.id)
    assert now is not None
    assert now.state is RunState.FAILED
    assert "not there any more" in now.reason
