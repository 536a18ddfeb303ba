from typing import Any

import pytest

from explorer.labs.highway import figure as figures
from explorer.labs.highway.result import HighwayGradient
from explorer.runs.records import JobState
from explorer.runs.store import Store
from tests.labs.pages import opened, picture, served
from tests.pages import asked

__all__ = ["served"]


def finish(store: Store, job: str) -> None:
    told = HighwayGradient(plain=(1.0,) * 61, residual=(1.0,) * 61)
    store.finish(job, JobState.DONE, result=HighwayGradient.encode([told]))


def only_job(store: Store) -> str:
    [(job, _)] = asked(store, "highway")
    return job


def test_the_highway_shows_what_autograd_measured_as_soon_as_a_worker_has(store: Store) -> None:
    test = opened("highway", highway_a="0.25")
    [(job, payload)] = asked(store, "highway")
    assert payload == {"a": 0.25, "depth": 60}
    before = len(picture(test)["data"])
    finish(store, job)
    test.run()
    assert len(picture(test)["data"]) == before + 2
    test.slider(key="highway_a").set_value(0.3).run()
    assert len(picture(test)["data"]) == before


def test_a_result_that_comes_while_the_picture_is_drawn_is_shown(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    drawn: list[int] = []

    def draw_and_finish(*given: Any) -> Any:
        if not drawn:
            finish(store, only_job(store))
        figure = highway(*given)
        drawn.append(len(figure.data))
        return figure

    highway = figures.highway
    monkeypatch.setattr(figures, "highway", draw_and_finish)
    test = opened("highway")
    assert not test.error
    assert len(picture(test)["data"]) == drawn[-1] == drawn[0] + 2


def test_who_comes_back_to_a_setting_that_was_passed_over_asks_again(store: Store) -> None:
    test = opened("highway")
    first = only_job(store)
    test.slider(key="highway_a").set_value(0.6).run()
    store.finish(first, JobState.CANCELLED)  # as a worker does with what nobody waits for
    test.slider(key="highway_a").set_value(0.5).run()
    assert not test.error
    found = store.job(first)
    assert found is not None
    assert found.state is JobState.QUEUED


def test_a_question_that_was_cancelled_on_the_page_stays_cancelled_until_asked_again(store: Store) -> None:
    test = opened("highway")
    store.finish(only_job(store), JobState.CANCELLED)
    test.run()
    assert "stopped before it was finished" in test.error[0].value
    next(button for button in test.button if button.label == "Ask again").click().run()
    assert not test.error
