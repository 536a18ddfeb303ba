from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import again, figures, mine, opened, runs, work

__all__ = ["mine", "runs"]


def test_while_the_next_answer_is_computed_the_wall_before_stays(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    work(store)
    before = figures(again(app))
    app.number_input(key="from").set_value(8)
    assert figures(again(app)) == before
    work(store)
    assert figures(again(app)) != before
