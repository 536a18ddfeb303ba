"""Every lab's page, driven through the app's navigation."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

import pytest
from explorer.labs.registry import LABS
from streamlit.testing.v1 import AppTest

from explorer.labs.highway import figure as figures
from explorer.labs.highway import words as highway
from explorer.labs.rank_collapse import words as rank_collapse
from explorer.labs.result import (
    AddingLearned,
    HighwayGradient,
)
from explorer.labs.strength import words as strength
from explorer.labs.strength.compute import gradient_terms
from explorer.labs.zero_start import words as zero_start
from explorer.questions.result import Result, to_json
from explorer.runs.asking import ask
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.ui import asking as answers
from explorer.ui import lab as frame
from explorer.ui.components import drag
from tests.conftest import ROOT
from tests.ui.test_pages import fresh

__all__ = ["fresh"]
HOSTILE = ("1e9", "-1e9", "nan", "inf", "abc", "", "<img src=x>")


TRAINED: dict[str, Callable[[dict[str, Any]], Sequence[Result]]] = {
    "adding": lambda payload: [AddingLearned(cell=payload["cell"], errors=(0.1 + payload["bias"] / 100,) * 600)],
}


@pytest.fixture(autouse=True)
def trained_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker would train is there as soon as it is asked for."""

    def ask_and_answer(store: Store, kind: str, owner: str, payload: dict[str, Any], blob: bytes = b"") -> str:
        job = ask(store, kind, owner, payload, blob)
        if kind in TRAINED:
            store.finish(job, JobState.DONE, result=to_json(TRAINED[kind](payload)))
        return job

    monkeypatch.setattr(answers, "ask", ask_and_answer)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker answers in these tests: no page waits for one."""
    monkeypatch.setattr(frame, "PATIENCE", 0.0)


def opened(page: str, **query: str | list[str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "explorer" / "ui" / "pages" / "main.py"), default_timeout=30).run()
    test.switch_page(page)
    test.query_params.clear()  # as a browser does
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def widgets(test: AppTest) -> dict[str, Any]:
    """The controls of a lab, by key: what is set by the address; which networks it asks is not one of them."""
    kinds = (
        test.slider, test.select_slider, test.number_input, test.selectbox, test.button_group, test.toggle, test.multiselect,
    )  # fmt: skip
    return {widget.key: widget for kind in kinds for widget in kind if widget.key and widget.key != "chosen_runs"}


def values(test: AppTest) -> dict[str, Any]:
    """What a lab's controls stand at, lists as tuples."""
    told = {key: widget.value for key, widget in widgets(test).items()}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}


def picture(test: AppTest) -> dict[str, Any]:
    [chart] = test.get("plotly_chart")
    return dict(json.loads(chart.proto.spec))


def test_the_index_shows_every_lab_as_a_card_with_a_picture() -> None:
    test = opened("labs.py")
    assert not test.exception
    assert len(test.get("plotly_chart")) == len(LABS)
    links = [link.proto.page for link in test.get("page_link")]
    assert links == [lab.address for lab in LABS.values()]


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_a_lab_opens_with_question_picture_formula_and_source(lab: frame.Lab) -> None:
    test = opened(lab.page)
    assert not test.exception
    assert test.markdown[0].value == f"### {lab.question}"
    assert len(test.get("plotly_chart")) == 1
    assert len(test.latex) == 1
    assert any(lab.source in caption.value and lab.leaves_out in caption.value for caption in test.caption)
    assert 2 <= len(widgets(test)) <= 5
    assert all(key.startswith(f"{lab.name}_") for key in widgets(test))


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_hostile_addresses_fall_back_to_the_defaults(lab: frame.Lab) -> None:
    keys = values(opened(lab.page))
    for value in HOSTILE:
        test = opened(lab.page, **dict.fromkeys(keys, value))
        assert not test.exception, value
        assert values(test) == keys, value


@pytest.mark.parametrize("end", ["min", "max"])
@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_the_ends_of_all_controls_have_a_picture(lab: frame.Lab, end: str) -> None:
    test = opened(lab.page)
    for widget in widgets(test).values():
        if hasattr(widget, "min"):
            widget.set_value(getattr(widget, end))
        elif hasattr(widget, "options") and widget.key != "sharpening_photo":  # one's own would have to be uploaded
            chosen = widget.options[0 if end == "min" else -1]
            widget.set_value([chosen] if isinstance(widget.value, list) else chosen)
    test.run()
    assert not test.exception
    assert picture(test)["data"]


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_every_try_sets_all_controls_and_its_link_gives_the_same_picture(lab: frame.Lab) -> None:
    test = opened(lab.page)
    seen = set()
    for number, one in enumerate(lab.tries):
        assert set(one.values) == set(widgets(test))
        test.button(key=f"try_{number}").click().run()
        assert not test.exception
        assert values(test) == dict(one.values)
        linked = opened(lab.page, **parse_qs(one.link[1:]))
        assert picture(linked) == picture(test)
        seen.add(json.dumps(picture(test)))
    assert 2 <= len(lab.tries) <= 3
    assert len(seen) == len(lab.tries)


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_a_lab_explains_itself_in_at_most_150_words(lab: frame.Lab) -> None:
    test = opened(lab.page)
    told = " ".join([test.markdown[1].value, *(caption.value for caption in test.main.caption)])
    assert len(re.sub(r"\$[^$]*\$|\*\*|\[|\]\(.*?\)", " x ", told).split()) <= 150


def test_the_highway_shows_what_autograd_measured_as_soon_as_a_worker_has(store: Store) -> None:
    test = opened("../../labs/highway/page.py", highway_a="0.25")
    [(job, payload)] = store.connection.execute("SELECT id, payload FROM jobs WHERE kind = 'highway'").fetchall()
    assert json.loads(payload) == {"a": 0.25, "depth": 60}
    before = len(picture(test)["data"])
    told = HighwayGradient(plain=(1.0,) * 61, residual=(1.0,) * 61)
    store.finish(job, JobState.DONE, result=to_json([told]))
    test.run()
    assert len(picture(test)["data"]) == before + 2
    test.slider(key="highway_a").set_value(0.3).run()
    assert len(picture(test)["data"]) == before


@pytest.mark.parametrize(
    ("a", "depth", "said"),
    [
        (0.5, 20, ": 3,486,784,401 times as much"),
        (-0.5, 20, ": the same"),
        (-0.75, 10, "times less"),
        (0.0, 20, "0 in A plain and by 1 in B residual"),
        (-1.0, 5, "1 in A plain and by 0 in B residual"),
        (0.05, 60, "times as much"),
    ],
)
def test_the_highways_finding_says_the_ratio(a: float, depth: int, said: str) -> None:
    assert said in highway.finding(a, depth)


@pytest.mark.parametrize(
    ("x", "t", "alpha", "said"),
    [
        ((1.0, 0.5), (-1.0, -1.0), 0.0, "2.5 over the shortcut, 0 through the branch"),
        ((0.0, -0.5), (2.0, -2.0), -0.8, "they nearly cancel"),
        ((1.5, 1.0), (2.0, 0.0), 1.0, "the same way"),
        ((1.5, 1.0), (2.0, 0.0), -0.5, "against each other"),
        ((-1.0, 1.0), (2.0, 0.0), 1.0, "nearly at right angles"),
    ],
)
def test_the_strengths_finding_says_how_the_terms_stand(
    x: tuple[float, float], t: tuple[float, float], alpha: float, said: str
) -> None:
    assert said in strength.finding(gradient_terms(x, t, alpha))


def test_the_skip_layers_finding_says_what_the_path_took() -> None:
    test = opened("../../labs/skip_layer/page.py", skip_layer_slope="2.0", skip_layer_height="0.0")
    assert test.markdown[2].value.startswith("**The linear path takes a slope of 1.99 of 2")
    assert "Outside the data A is off by" in test.markdown[2].value


def test_rank_collapse_says_that_layers_cube_the_distance_only_where_they_do() -> None:
    assert "each layer cubes it" in rank_collapse.finding(rank_collapse.networks(6, 1.0, 0.1, 0))
    assert "cubes" not in rank_collapse.finding(rank_collapse.networks(3, 3.0, 2.0, 0))
    assert "below 10⁻³⁰⁰" in rank_collapse.finding(rank_collapse.networks(12, 1.0, 1.0, 0))


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ((4, 0), "A plain never moves; B residual learns the strong stretch by step 30, the weak by step 139"),
        ((4, 180), "A plain never moves; B residual learns neither stretch"),
        ((2, 0, 0.05), "the weak by step 500; B residual the strong by step 33, the weak by step 119"),
        ((3, 0, 0.1), "A plain learns only the strong stretch, by step"),
    ],
)
def test_zero_starts_finding_says_when_each_network_has_learned_what(course: tuple[float, ...], said: str) -> None:
    assert said in zero_start.finding(zero_start.course(int(course[0]), *course[1:]))


def test_zero_start_says_where_the_closed_form_does_not_hold() -> None:
    assert "Dotted: the gradient flow" in opened("../../labs/zero_start/page.py").main.caption[0].value
    turned = opened("../../labs/zero_start/page.py", zero_start_angle="45")
    assert "No closed form: it needs 0 or 180°" in turned.main.caption[0].value
    assert len(picture(turned)["data"]) < len(picture(opened("../../labs/zero_start/page.py"))["data"])


def test_through_times_finding_speaks_of_all_three_networks() -> None:
    test = opened("../../labs/through_time/page.py", through_time_bias="8.0", through_time_steps="10")
    said = test.markdown[2].value
    assert said.startswith("**Gradient left after 10 steps: A ")
    assert all(f"{name} " in said.split(". Error in adding")[0] for name in "ABC")


def finished(store: Store, job: str) -> None:
    told = HighwayGradient(plain=(1.0,) * 61, residual=(1.0,) * 61)
    store.finish(job, JobState.DONE, result=to_json([told]))


def test_an_answer_that_comes_while_the_picture_is_drawn_is_shown(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    drawn: list[int] = []

    def draw_and_finish(*given: Any) -> Any:
        if not drawn:
            finished(store, store.connection.execute("SELECT id FROM jobs WHERE kind = 'highway'").fetchone()[0])
        figure = highway_figure(*given)
        drawn.append(len(figure.data))
        return figure

    highway_figure = figures.highway
    monkeypatch.setattr(figures, "highway", draw_and_finish)
    test = opened("../../labs/highway/page.py")
    assert not test.error
    assert len(picture(test)["data"]) == drawn[-1] == drawn[0] + 2


def test_who_comes_back_to_a_setting_that_was_passed_over_asks_again(store: Store) -> None:
    test = opened("../../labs/highway/page.py")
    [(first,)] = store.connection.execute("SELECT id FROM jobs WHERE kind = 'highway'").fetchall()
    test.slider(key="highway_a").set_value(0.6).run()
    store.finish(first, JobState.CANCELLED)  # as a worker does with what nobody waits for
    test.slider(key="highway_a").set_value(0.5).run()
    assert not test.error
    found = store.job(first)
    assert found is not None
    assert found.state is JobState.QUEUED


def test_a_question_that_was_cancelled_on_the_page_stays_cancelled_until_asked_again(store: Store) -> None:
    test = opened("../../labs/highway/page.py")
    [(first,)] = store.connection.execute("SELECT id FROM jobs WHERE kind = 'highway'").fetchall()
    store.finish(first, JobState.CANCELLED)
    test.run()
    assert "stopped before it was finished" in test.error[0].value
    next(button for button in test.button if button.label == "Ask again").click().run()
    assert not test.error


def test_a_dragged_point_moves_both_its_sliders_and_alphas_line_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, float] = {}
    monkeypatch.setattr(strength.st, "session_state", state)
    strength.moved("t", 1.04, -2.96)
    strength.moved("α", 0.5, 7.0)
    assert state == {"strength_t1": 1.0, "strength_t2": -3.0, "strength_alpha": 0.5}
    [x, t, line] = strength.handles((0.5, 1.0), (-1.0, 2.0), 0.3)
    assert [(one.name, one.x, one.y, one.across) for one in (x, t, line)] == [
        ("x", 0.5, 1.0, False), ("t", -1.0, 2.0, False), ("α", 0.3, 0.0, True),
    ]  # fmt: skip


@pytest.mark.parametrize("told", [{}, {"name": "y", "x": 1, "y": 1}, {"name": "x", "x": 9, "y": -9}])
def test_a_place_that_the_browser_tells_is_kept_within_a_handles_reach(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    mounted: dict[str, Any] = {}
    monkeypatch.setattr(drag, "_MOUNT", lambda **fields: mounted.update(fields))
    monkeypatch.setattr(drag.st, "session_state", {"plane_drag": {"moved": told}})
    places: list[tuple[str, float, float]] = []
    drag.draggable("plane", strength.handles((0, 0), (0, 0), 0), lambda *place: places.append(place))
    mounted["on_moved_change"]()
    assert places == ([("x", 3.0, -3.0)] if told.get("name") == "x" else [])


def test_only_the_cell_with_a_gate_is_trained_anew_when_the_bias_moves(store: Store) -> None:
    test = opened("../../labs/through_time/page.py")
    test.slider(key="through_time_bias").set_value(5.0).run()
    told = store.connection.execute("SELECT payload FROM jobs WHERE kind = 'adding'").fetchall()
    asked = sorted((one["cell"], one["bias"]) for one in map(json.loads, (payload for (payload,) in told)))
    assert asked == [("first", 0), ("forgetful", 2), ("forgetful", 5), ("recurrent", 0)]
    assert "Error in adding (0.167: always saying 1): A 0.1, B 0.1, C 0.15" in test.markdown[2].value


def test_through_time_shows_the_gradients_while_the_networks_are_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ask", ask)
    test = opened("../../labs/through_time/page.py")
    assert len(picture(test)["data"]) == 6
    assert "A, B, C: being trained" in [note["text"] for note in picture(test)["layout"]["annotations"]]
    assert "adding" not in test.markdown[2].value
    assert test.get("progress")
