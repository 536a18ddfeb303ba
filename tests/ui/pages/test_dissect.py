"""The Dissect page, whichever of its views is looked at."""

import pytest

from explorer.runs.records import JobState
from explorer.runs.store import Store
from tests.pages import fresh, opened

__all__ = ["fresh"]


@pytest.mark.parametrize("query", [{"run": "nobody"}, {"removed": "stage9.block9"}, {"checkpoint": "-1"}])
def test_a_hostile_address_opens_the_page(query: dict[str, str]) -> None:
    assert not opened("dissect", **query).exception


@pytest.mark.parametrize("view", ["Look inside", "Paths", "Loss surface", "Stage boundary", "Change the depth"])
def test_a_question_that_failed_says_why(store: Store, view: str) -> None:
    app = opened("dissect", view=view)
    [job] = store.jobs(pool="measure")
    store.finish(job.id, JobState.FAILED, f"The {job.kind} did not work.")
    app.run()
    assert [error.value for error in app.error] == [f"The {job.kind} did not work."]
