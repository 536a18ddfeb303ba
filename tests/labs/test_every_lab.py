"""What holds for every lab's page."""

import json
import re
from urllib.parse import parse_qs

import pytest

from explorer.drawing.axes import CARD
from explorer.labs.lab import Lab
from explorer.labs.order import LABS
from tests.labs.pages import opened, picture, served, values, widgets

__all__ = ["served"]
HOSTILE = ("1e9", "-1e9", "nan", "inf", "abc", "", "<img src=x>")
every_lab = pytest.mark.parametrize("lab", LABS.values(), ids=LABS)


def test_the_index_shows_every_lab_as_a_card_with_a_picture() -> None:
    test = opened("")
    assert not test.exception
    assert len(test.get("plotly_chart")) == len(LABS)
    links = [link.proto.page for link in test.get("page_link")]
    assert links == [lab.address for lab in LABS.values()]


@every_lab
def test_a_lab_opens_with_question_picture_formula_and_source(lab: Lab) -> None:
    test = opened(lab.name)
    assert not test.exception
    assert test.markdown[0].value == f"### {lab.question}"
    assert len(test.get("plotly_chart")) == 1
    assert len(test.latex) == 1
    assert any(lab.source in caption.value and lab.leaves_out in caption.value for caption in test.caption)
    assert 2 <= len(widgets(test)) <= 5
    assert all(key.startswith(f"{lab.name}_") for key in widgets(test))


@every_lab
def test_hostile_addresses_fall_back_to_the_defaults(lab: Lab) -> None:
    keys = values(opened(lab.name))
    for value in HOSTILE:
        test = opened(lab.name, **dict.fromkeys(keys, value))
        assert not test.exception, value
        assert values(test) == keys, value


@pytest.mark.parametrize("end", ["min", "max"])
@every_lab
def test_the_ends_of_all_controls_have_a_picture(lab: Lab, end: str) -> None:
    test = opened(lab.name)
    for widget in widgets(test).values():
        if hasattr(widget, "min"):
            widget.set_value(getattr(widget, end))
        elif hasattr(widget, "options") and widget.key != "sharpening_photo":  # one's own would have to be uploaded
            chosen = widget.options[0 if end == "min" else -1]
            widget.set_value([chosen] if isinstance(widget.value, list) else chosen)
    test.run()
    assert not test.exception
    assert picture(test)["data"]


@every_lab
def test_every_try_sets_all_controls_and_its_link_gives_the_same_picture(lab: Lab) -> None:
    test = opened(lab.name)
    seen = set()
    for number, one in enumerate(lab.tries):
        told = {control.key: value for control, value in one.values.items()}
        assert set(told) == set(widgets(test))
        test.button(key=f"try_{number}").click().run()
        assert not test.exception
        assert values(test) == told
        linked = opened(lab.name, **parse_qs(one.link[1:]))
        assert picture(linked) == picture(test)
        seen.add(json.dumps(picture(test)))
    assert 2 <= len(lab.tries) <= 3
    assert len(seen) == len(lab.tries)


@every_lab
def test_a_lab_explains_itself_in_at_most_150_words(lab: Lab) -> None:
    test = opened(lab.name)
    told = " ".join([test.markdown[1].value, *(caption.value for caption in test.main.caption)])
    assert len(re.sub(r"\$[^$]*\$|\*\*|\[|\]\(.*?\)", " x ", told).split()) <= 150


@every_lab
def test_a_labs_card_is_drawn_for_both_themes(lab: Lab) -> None:
    assert [lab.card(scheme).layout.height for scheme in ("light", "dark")] == [CARD, CARD]
