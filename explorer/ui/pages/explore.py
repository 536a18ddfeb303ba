"""Explore: build networks that differ in one thing, race them, watch the gradient of every layer."""

from pydantic import ValidationError

from explorer.runs.queue import resume_race, submit_race
from explorer.specs import LimitError, sentences, settings
from explorer.ui.builder.sidebar import load_numbered, show_builder
from explorer.ui.cache import owner, store
from explorer.ui.components.race import race_view
from explorer.ui.race import RACE, REFUSED, adopt_link, choose_shown, race_data, runs_in_url, show_runs
from explorer.ui.state import LECTURE, SELECTED_BLOCK


def _start() -> None:
    try:
        show_runs(RACE.get(), submit_race(store(), RACE.get(), owner()))
    except LimitError as error:
        REFUSED.set(str(error))


adopt_link(store())
problem, race = REFUSED.pop(), RACE.get()
try:
    race = show_builder()
    RACE.set(race)
    settings().allow(race)
except ValidationError as error:
    problem = " ".join(sentences(error))
except LimitError as error:
    problem = str(error)
race_view(
    race_data(race, choose_shown(store(), race, owner()), problem, lecture=LECTURE.get() == "1"),
    on_race=_start,
    on_resume=lambda: resume_race(store(), runs_in_url(store())[0].race, owner()),
    on_preset=load_numbered,
    on_block=SELECTED_BLOCK.set,
    on_lecture=lambda on: LECTURE.set("1" if on else "0"),
)
