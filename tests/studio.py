"""The attribution studio opened without a browser, and a worker's part played by hand."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.runs.queue import claim
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, settings
from explorer.ui import cache
from explorer.worker.jobs import do
from tests import pages
from tests.trained import trained

KIND = "attribution.methods"


@pytest.fixture
def mine(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of the server, with whoever looks being me."""
    cache.store.clear()
    monkeypatch.setattr(cache, "owner_of", lambda _cookies: "me")
    return store


@pytest.fixture
def runs(mine: Store) -> list[Run]:
    return twins(mine)


def twins(store: Store, dataset: DatasetName = DatasetName.DIGITS) -> list[Run]:
    """A plain and a residual network that learned a little."""
    return trained(store, {"shortcut": "none"}, {"shortcut": "A"}, dataset=DatasetSpec(name=dataset))


def names(runs: list[Run]) -> list[str]:
    return [run.id for run in runs]


def work(store: Store) -> None:
    """What a worker does, until nothing is queued."""
    job = claim(store, "measure", "worker")
    assert job is not None
    while job is not None:
        do(job, store, settings().datasets_path)
        job = claim(store, "measure", "worker")


def opened(**address: Any) -> AppTest:
    app = pages.opened("attribution", **address)
    assert not app.exception
    return app


def again(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def asked(store: Store) -> list[dict[str, Any]]:
    """What was asked, a question's methods together again."""
    found: list[dict[str, Any]] = []
    for _, part in pages.asked(store, KIND):
        same = ("runs", "step", "images", "target")
        if found and all(found[-1][name] == part[name] for name in same) and part["methods"][0] not in found[-1]["methods"]:
            found[-1]["methods"] += part["methods"]
            found[-1]["block"] = found[-1]["block"] or part["block"]
        else:
            found.append(part)
    return found


def figures(app: AppTest) -> list[Any]:
    return [json.loads(element.proto.spec) for element in app.main if element.type == "plotly_chart"]


def progress(app: AppTest) -> str:
    return next(str(element.proto.text) for element in elements(app.main) if element.type == "progress")


def elements(block: Any) -> Any:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from elements(child)


def kinds(store: Store) -> list[str]:
    return list(dict.fromkeys(job.kind for job in store.jobs(pool="measure")))
