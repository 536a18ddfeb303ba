from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import KIND, again, figures, mine, names, opened, runs, work

__all__ = ["mine", "runs"]
from tests.studio import kinds


def test_agreement_waits_for_the_maps_and_then_compares_them(store: Store, runs: list[Run]) -> None:
    app = opened(view="Agreement", run=names(runs))
    assert kinds(store) == [KIND]
    work(store)
    again(app)
    assert "attribution.likeness" in kinds(store)
    work(store)
    (table,) = figures(again(app))
    assert len(table["data"][0]["x"]) == 8
    assert "Least alike" in app.markdown[0].value
