import io

import pytest
from PIL import Image

from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import KIND, again, asked, mine, names, opened, runs, work

__all__ = ["mine", "runs"]


def test_shuffling_gives_other_pictures_and_the_same_ones_for_the_same_number(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    for number in (3, 4, 3):
        app.number_input(key="shuffle").set_value(number)
        again(app)
    images = [tuple(spec["images"]) for spec in asked(store)]
    assert len(images) == 3  # the last question had been asked before
    assert len(set(images)) == 3


def test_an_uploaded_picture_goes_to_the_worker_unopened(store: Store, runs: list[Run]) -> None:
    assert runs
    file = io.BytesIO()
    Image.new("RGB", (50, 40), "white").save(file, "PNG")
    app = opened(pictures="My own picture")
    assert "Upload a picture" in app.info[0].value
    app.file_uploader(key="own_picture").upload("../<b>me</b>.png", file.getvalue(), "image/png")
    again(app)
    assert asked(store)[-1]["images"] == "upload"
    assert store.blob(store.jobs(kind=KIND)[0].id) == file.getvalue()
    work(store)
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert not store.jobs(kind=KIND)  # the session has it
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert not store.jobs(kind=KIND)


def test_a_shipped_photograph_is_explained_like_ones_own(store: Store, runs: list[Run]) -> None:
    app = opened(run=[run.id for run in runs], pictures="A photograph", sample="a cup of coffee (Rachel Michetti, CC0)")
    work(store)
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert "coffee" in str(app.query_params["sample"])


def test_an_uploaded_file_that_is_no_picture_is_answered_with_a_sentence(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened(pictures="My own picture")
    app.file_uploader(key="own_picture").upload("evil.png", b"<svg/>", "image/png")
    again(app)
    work(store)
    again(app)
    assert "not a picture that can be read" in app.error[0].value


@pytest.mark.parametrize("source", ["Worst mistakes of A", "Where A and B differ most"])
def test_pictures_come_in_the_order_that_the_networks_give_them(store: Store, runs: list[Run], source: str) -> None:
    app = opened(pictures=source, run=names(runs))
    assert "No test picture answers" in app.info[0].value
    work(store)
    again(app)
    images = asked(store)[-1]["images"]
    assert len(images) == 4
    assert images != [0, 1, 2, 3]
