"""The Dissect page's further views: what they ask, what they say of an answer, what they offer."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from explorer.questions.boundary.result import Boundary
from explorer.questions.graft.result import Grafted
from explorer.questions.paths.result import Paths
from explorer.questions.result import Result, to_json
from explorer.questions.speed.result import Speed
from explorer.questions.surface.result import Surface
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs.graft import Change, Graft
from tests.ui.test_dissect_page import text
from tests.ui.test_pages import fresh, opened

__all__ = ["fresh"]
PATHS = Paths(
    counts=(1, 2, 1), single=(0.5, 0.1, 0.01), error=(0, 0, 0), together=(0.5, 0.1, 0.01), whole=0.6, pictures=8, draws=40
)  # fmt: skip
LINE = Surface(places=(-0.5, 0.0, 0.5), rows=((3.0, 0.125, None),), pictures=256)
PLANE = Surface(places=(-0.5, 0.0, 0.5), rows=((3, 1, 3), (1, 0.1, 1), None), pictures=256)
SIDES = Boundary(
    block="stage2.block1", shortcut="padded", stride=2, incoming=(((1.0, 2.0), (3.0, 4.0)),), carried=(((1.0,),), ((0.0,),)),
    incoming_channels=1, carried_channels=2, zero_channels=(1,), label=3,
)  # fmt: skip
GRAFTED = Grafted(
    before="residual-20", after="residual-26", loss_before=0.25, loss_after=2.5, error_before=0.05, error_after=0.9,
    pictures=360,
)  # fmt: skip


def asked(store: Store, kind: str) -> list[tuple[str, dict[str, object]]]:
    """Job and payload of every question of a kind, first asked first."""
    rows = store.connection.execute("SELECT id, payload FROM jobs WHERE kind = ? ORDER BY created", (kind,)).fetchall()
    return [(job, json.loads(payload)) for job, payload in rows]


def settle(store: Store, kind: str, result: Result, place: int = 0) -> None:
    job, payload = asked(store, kind)[place]
    store.finish(job, JobState.DONE, result=to_json([result] * len(payload["runs"])))


def shown(store: Store, view: str, kind: str, result: Result) -> AppTest:
    app = opened("dissect", view=view)
    assert not app.exception
    settle(store, kind, result)
    app.run()
    assert not app.exception
    return app


def test_paths_are_said_and_drawn(store: Store) -> None:
    app = shown(store, "Paths", "paths", PATHS)
    assert "90% of what all paths carry flows along those of at most: A recorded plain-20 1 of its 2 blocks" in text(
        app
    )
    assert len(app.get("plotly_chart")) == 1


def test_a_slice_comes_at_once_and_the_plane_when_it_is_asked_for(store: Store) -> None:
    app = shown(store, "Loss surface", "surface", LINE)
    assert "A recorded plain-20 3 (here 0.125)" in text(app)
    assert len(app.get("plotly_chart")) == 1
    app.button(key="plane").click().run()
    (_, line), (job, plane) = asked(store, "surface")
    assert (line["dimensions"], plane["dimensions"], plane["points"]) == (1, 2, 25)
    store.connection.execute("UPDATE jobs SET state = 'running' WHERE id = ?", (job,))
    store.report(job, 0.5, "half", to_json([PLANE]))
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2
    assert app.button(key="cancel_surface")
    settle(store, "surface", PLANE, place=1)
    app.run()
    app.get("button_group")
    assert len(app.get("plotly_chart")) == 2


def test_the_boundary_says_what_passes(store: Store) -> None:
    app = shown(store, "Stage boundary", "boundary", SIDES)
    assert "padded shortcut; it looks at 25 % of the pixels, and 1 of its 2 channels are zero." in text(app)
    assert asked(store, "boundary")[0][1]["stage"] == 2
    app.number_input(key="boundary_image").set_value(5).run()
    assert asked(store, "boundary")[1][1]["image"] == 5


def test_the_boundary_waits_for_ones_own_picture(store: Store) -> None:
    app = opened("dissect", view="Stage boundary", boundary_source="My own")
    assert not app.exception
    assert "Upload a picture" in app.info[0].value
    assert asked(store, "boundary") == []


def test_a_change_of_depth_is_measured_and_can_be_trained_on(store: Store) -> None:
    app = shown(store, "Change the depth", "graft", GRAFTED)
    assert "A recorded plain-20 0.25 → 2.5" in text(app)
    assert "5 % → 90 %" in text(app)
    app.number_input(key="graft_steps").set_value(30)
    next(one for one in app.button if one.label == "Go on training").click().run()
    runs = [run for run in store.runs() if not run.recorded]
    assert sorted(run.experiment.network.title for run in runs) == [
        "plain-26",
        "plain-62",
        "residual-26",
        "residual-62",
    ]
    assert {run.experiment.recipe.steps for run in runs} == {30}
    origin = next(run.origin for run in runs if run.experiment.network.title == "plain-62")
    assert origin == Graft(run="recorded-shallow-and-deep-plain-56", step=200, change=Change.INSERT)


@pytest.mark.parametrize("view", ["Paths", "Loss surface", "Stage boundary", "Change the depth"])
def test_a_question_that_failed_says_why(store: Store, view: str) -> None:
    app = opened("dissect", view=view)
    [(job, kind)] = store.connection.execute("SELECT id, kind FROM jobs WHERE pool = 'measure'").fetchall()
    store.finish(job, JobState.FAILED, f"The {kind} did not work.")
    app.run()
    assert [error.value for error in app.error] == [f"The {kind} did not work."]


def test_the_speed_page_says_what_is_slowest_and_which_count_is_nearest(store: Store) -> None:
    app = opened("speed")
    [(job, payload)] = asked(store, "speed")
    assert payload == {"batch": 32, "rounds": 3}
    ladder = [
        Speed(title=title, macs=macs, numbers=numbers, layers=layers, forward=taken, training=taken, batch=32, device="a chip")
        for title, macs, numbers, layers, taken in (("a", 100, 10, 5, 1.0), ("b", 1000, 100, 10, 10.0), ("c", 10, 4, 4, 0.4))
    ]  # fmt: skip
    store.finish(job, JobState.DONE, result=to_json(ladder))
    app.run()
    assert not app.exception
    assert "On a chip, these networks do between" in text(app)
    assert "The slowest for its size is c: a multiply-add takes it 4 times" in text(app)
    assert "memory traffic comes nearest" in text(app)
