from typing import Any

import pytest
import torch

from explorer.datasets import load
from explorer.measure.anatomy import anatomy
from explorer.measure.lesion import lesion
from explorer.results.anatomy import Anatomy
from explorer.results.lesion import LesionResult
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings
from explorer.specs.lesion import Study
from explorer.worker.anatomy import anatomy_job
from explorer.worker.asked import network_at
from explorer.worker.lesion import lesion_job
from tests.worker.test_attribute_job import quiet, store, trained

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
