from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import again, asked, figures, mine, names, opened, runs, work

__all__ = ["mine", "runs"]


def test_classes_are_columns_and_any_may_be_left_out(store: Store, runs: list[Run]) -> None:
    app = opened(view="Classes", run=names(runs))
    assert [request["target"] for request in asked(store)] == list(range(10))
    work(store)
    assert len(figures(again(app))) == 2  # a band a network
    app.multiselect(key="classes").set_value(["3", "7"])
    again(app)
    app.multiselect(key="classes").set_value([])
    again(app)
    assert "Choose at least one class" in app.info[0].value
