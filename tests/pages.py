"""Pages as a browser would see them, without a browser: opened, read, and given the results that a worker would find."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.questions.question import Returned
from explorer.runs.recordings import import_recordings
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.ui import cache
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def fresh(store: Store) -> None:
    """A server that knows the recorded runs; whoever imports it has it in every test."""
    cache.store.clear()
    import_recordings(store, ROOT / "assets" / "recorded")


def opened(page: str, **query: str | list[str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "explorer" / "ui" / "pages" / f"{page}.py"), default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def handed(app: AppTest) -> dict[str, Any]:
    """The data that the page's component was handed."""
    [component] = [element for element in app.main if element.type == "bidi_component"]
    return dict(json.loads(component.proto.json))


def text(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown)


def asked(store: Store, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Job and payload of every question of a kind, first asked first."""
    return [(job.id, json.loads(job.payload)) for job in store.jobs(kind=kind)]


def settle(store: Store, kind: str, *results: Returned, place: int = 0) -> None:
    """End the question of this place; one result is that of every network."""
    job, payload = asked(store, kind)[place]
    found = results * len(payload["runs"]) if len(results) == 1 else results
    store.finish(job, JobState.DONE, result=type(results[0]).encode(found))


def shown(store: Store, page: str, kind: str, *results: Returned, **query: str) -> AppTest:
    """A page after its first question got these results."""
    app = opened(page, **query)
    assert not app.exception
    settle(store, kind, *results)
    app.run()
    assert not app.exception
    return app
