"""A lab's page as a browser would see it, driven through the app's navigation."""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.questions.question import find
from explorer.questions.result import Result
from explorer.runs import asking
from explorer.runs.recordings import import_recordings
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.ui import cache
from explorer.ui import lab as frame
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without a worker, so no page waits for one; what would be trained is there as soon as it is asked for.

    Whoever imports it has it in every test.
    """
    cache.store.clear()
    import_recordings(store, ROOT / "assets" / "recorded")
    monkeypatch.setattr(frame, "PATIENCE", 0.0)
    ask = asking.ask

    def ask_and_train(store: Store, kind: str, owner: str, payload: dict[str, Any], file: bytes = b"") -> str:
        job = ask(store, kind, owner, payload, file)
        if found := sample(kind):
            store.finish(job, JobState.DONE, result=find(kind).result.encode(found(payload)))
        return job

    monkeypatch.setattr(asking, "ask", ask_and_train)


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch, served: None) -> None:
    """Nothing is trained yet."""
    del served
    monkeypatch.setattr(f"{__name__}.sample", lambda _: None)


def sample(kind: str) -> Callable[[dict[str, Any]], Sequence[Result]] | None:
    """What stands in for the training of a lab, in `sample.py` of its tests; nothing for labs that do not wait for any."""
    module = f"tests.labs.{kind}.sample"
    return import_module(module).results if find_spec(module) else None


def opened(lab: str, **query: str | list[str]) -> AppTest:
    """The page of a lab, or the index of all if it is called nothing."""
    test = AppTest.from_file(str(ROOT / "explorer" / "ui" / "pages" / "main.py"), default_timeout=30).run()
    test.switch_page(f"../../labs/{lab}/page.py" if lab else "labs.py")
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
    """The one figure of a lab."""
    [chart] = test.get("plotly_chart")
    return dict(json.loads(chart.proto.spec))
