import pytest

from explorer.runs.queue import submit_race
from explorer.runs.store import Store
from explorer.specs import PRESETS, Race
from explorer.ui.race import latest_runs, race_of, title
from tests.pages import fresh, handed, opened

__all__ = ["fresh"]
SHORT = Race.model_validate({"networks": [{"depth": 8}, {"depth": 8, "shortcut": "A"}], "recipe": {"steps": 10, "warmup": 2}})


def test_the_title_says_in_words_what_differs() -> None:
    networks = PRESETS[0].race.fitted_networks
    assert title(networks) == "plain-56 {A} and residual-56 {B}: they differ in shortcut (none, option A)"
    assert title(networks[:1] * 2).endswith("the same network")
    assert title(networks[:1]) == "plain-56 {A}"


def test_runs_make_up_the_race_they_were_started_as(store: Store) -> None:
    runs = submit_race(store, SHORT, "me")
    assert race_of(runs).experiments == SHORT.experiments


def test_ones_own_runs_of_a_race_come_before_recorded_ones_and_strangers_never(store: Store) -> None:
    recorded = PRESETS[0].race
    assert all(run.recorded for run in latest_runs(store, recorded, "me"))
    own = submit_race(store, recorded, "me")
    assert [run.id for run in latest_runs(store, recorded, "me")] == [run.id for run in own]
    assert all(run.recorded for run in latest_runs(store, recorded, "you"))
    submit_race(store, SHORT, "me")
    assert latest_runs(store, SHORT, "you") == []


def test_a_link_to_runs_sets_the_builder_to_their_race(store: Store) -> None:
    runs = submit_race(store, SHORT, "me")
    test = opened("explore", run=[run.id for run in runs])
    assert not test.exception
    assert test.session_state["a_depth"] == 8
    assert test.session_state["race"].experiments == SHORT.experiments
    assert [lane["run"] for lane in handed(test)["lanes"]] == [run.id for run in runs]


def test_a_builder_that_leaves_the_linked_race_leaves_its_runs(store: Store) -> None:
    test = opened("explore", run=[run.id for run in submit_race(store, SHORT, "me")])
    test.number_input(key="steps").set_value(20).run()
    assert [lane["run"] for lane in handed(test)["lanes"]] == [None, None]
    assert "run" not in test.query_params


@pytest.mark.parametrize("name", ["nobody", "../../etc/passwd"])
def test_a_link_to_runs_that_are_not_there_shows_the_latest(name: str) -> None:
    test = opened("explore", run=name)
    assert not test.exception
    assert handed(test)["lanes"][0]["run"] == "recorded-degradation-plain-56"
