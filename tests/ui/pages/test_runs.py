from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from explorer.runs.queue import submit_race
from explorer.runs.records import Run, RunState
from explorer.runs.store import Store
from explorer.specs import NetworkSpec, Race
from explorer.ui import cache
from explorer.ui.run_filter import passes
from tests.pages import fresh, opened

__all__ = ["fresh"]


@pytest.fixture
def run(store: Store) -> Run:
    [made] = submit_race(store, Race(networks=(NetworkSpec(depth=8),)), "me")
    return made


def test_runs_lists_the_recorded_runs_and_filters_them() -> None:
    test = opened("runs")
    assert not test.exception
    assert len(test.dataframe[0].value) == 6
    test.text_input(key="words").set_value("plain-20").run()
    assert test.dataframe[0].value["network"].tolist() == ["plain-20"]
    test.text_input(key="words").set_value("nothing of this name").run()
    assert "No run matches" in test.info[0].value


@pytest.mark.parametrize(
    ("words", "states", "wanted"),
    [
        ("", (), True),
        ("RESIDUAL-8", (), True),
        ("digits", ("queued", "paused"), True),
        ("residual-8", ("finished",), False),
        ("plain", (), False),
    ],
)
def test_a_run_passes_by_its_name_or_dataset_and_its_state(run: Run, words: str, states: tuple[str, ...], wanted: bool) -> None:
    assert passes(run, words, states) is wanted


def test_the_filter_may_come_from_the_address() -> None:
    test = opened("runs", words="plain-20", states="finished")
    assert test.dataframe[0].value["network"].tolist() == ["plain-20"]
    test.multiselect(key="states").set_value(["paused"]).run()
    assert test.info
    assert opened("runs", states="nonsense").dataframe[0].value.shape[0] == 6


def test_only_mine_are_those_that_this_browser_started(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "owner", lambda: "me")
    assert opened("runs").dataframe[0].value.shape[0] == 7
    mine = opened("runs", mine="true").dataframe[0].value
    assert mine["network"].tolist() == [run.experiment.network.title]


def acting(store: Store, runs: list[Run], owner: str) -> AppTest:
    def page(store: "Store", runs: "list[Run]", owner: str) -> None:  # runs as a script of its own
        from explorer.ui.run_actions import show_actions

        show_actions(store, runs, owner)

    return AppTest.from_function(page, args=(store, runs, owner))


def test_only_who_started_runs_that_have_ended_deletes_them_and_only_when_sure(store: Store, run: Run) -> None:
    ended = replace(run, state=RunState.FINISHED)
    for chosen, owner in (([run], "me"), ([ended], "you"), ([replace(ended, owner="")], "")):
        test = acting(store, chosen, owner).run()
        assert test.checkbox(key="sure").disabled
        assert test.button(key="delete").disabled
    test = acting(store, [ended], "me").run()
    assert test.button(key="delete").disabled
    test.checkbox(key="sure").check().run()
    test.button(key="delete").click().run()
    assert store.run(run.id) is None


def test_runs_of_one_dataset_are_compared_up_to_four(store: Store, run: Run) -> None:
    def open_button(*runs: Run) -> tuple[str, bool]:
        button = acting(store, list(runs), "me").run().button(key="open")
        return button.label, button.disabled

    assert open_button(run) == ("Open in Explore", False)
    assert open_button(run, run) == ("Compare in Explore", False)
    assert open_button(*[run] * 5) == ("Compare in Explore", True)
