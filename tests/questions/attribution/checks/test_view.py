import pytest

from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests.studio import again, figures, mine, names, opened, runs, twins, work

__all__ = ["mine", "runs"]
from tests.studio import kinds


def test_masks_are_for_shapes_alone(store: Store, runs: list[Run]) -> None:
    assert "Only the generated shapes" in opened(view="Is it right?", run=names(runs)).info[0].value
    shapes = twins(store, DatasetName.SHAPES)
    app = opened(view="Is it right?", run=names(shapes), checked="8", methods=["Saliency", "Grad-CAM"])
    work(store)
    (panels,) = figures(again(app))
    assert len(panels["data"]) == 6  # three scores, two networks
    assert "Highest intersection over union" in app.markdown[0].value
    app.toggle(key="mask_training").set_value(True)
    again(app)
    work(store)
    assert len(figures(again(app))) == 2


@pytest.mark.parametrize("check", ["Insertion and deletion", "Infidelity and sensitivity", "Random weights"])
def test_the_other_checks_work_on_any_pictures(store: Store, runs: list[Run], check: str) -> None:
    app = opened(view="Is it right?", check=check, run=names(runs), checked="8", methods=["Saliency", "Grad-CAM"])
    work(store)
    assert figures(again(app))


def test_shuffled_labels_are_only_learned_when_asked_for(store: Store, runs: list[Run]) -> None:
    app = opened(view="Is it right?", check="Shuffled labels", run=names(runs), checked="8", methods=["Saliency"])
    assert kinds(store) == []
    app.toggle(key="twins").set_value(True)
    again(app)
    work(store)
    assert figures(again(app))
