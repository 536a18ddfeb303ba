from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import again, asked, figures, mine, names, opened, runs, work

__all__ = ["mine", "runs"]


def test_over_training_there_is_a_film_and_its_strip_on_one_scale(store: Store, runs: list[Run]) -> None:
    app = opened(view="Over training", run=names(runs))
    assert sorted({request["step"] for request in asked(store)}) == [0, 1, 2]
    work(store)
    film, *strips = figures(again(app))
    assert [frame["name"] for frame in film["frames"]] == ["0", "1", "2"]
    assert len({trace["zmax"] for frame in film["frames"] for trace in frame["data"]}) == 1
    assert strips
    assert "step 0 → 2" in app.markdown[0].value


def test_with_one_checkpoint_the_page_says_how_to_get_more(store: Store, runs: list[Run]) -> None:
    for run in runs:
        store.rewind(run.id, 0)
    assert "Train your own" in opened(view="Over training", run=names(runs)).info[0].value
