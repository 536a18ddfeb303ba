import io

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.ndimage import correlate

from explorer.labs.sharpening import measure
from explorer.labs.sharpening.compute import decibels, edge, picture
from explorer.labs.sharpening.result import Sharpening
from explorer.labs.sharpening.spec import SIDE, SNAPSHOTS, Blur, SharpeningSpec, kernel
from explorer.runs.store import Store
from tests.measured import measured


@pytest.mark.parametrize("blur", list(Blur))
def test_a_blur_is_a_weighted_mean_as_scipy_takes_it(blur: Blur) -> None:
    assert sum(map(sum, kernel(blur))) == pytest.approx(1)
    sharp = measure.photo().double()
    told = measure.blurred(sharp, blur)[1, 0].numpy()
    assert told == pytest.approx(correlate(sharp[1, 0].numpy(), np.array(kernel(blur)), mode="mirror"))
    assert edge(blur)[0] == pytest.approx(0)
    assert edge(blur)[-1] == pytest.approx(1)
    assert len(edge(blur)) == 25


@pytest.fixture(scope="module")
def learned() -> list[Sharpening]:
    return [measure.learn_sharpening(SharpeningSpec(), measure.photo(), shortcut=shortcut) for shortcut in (False, True)]


def test_the_quality_told_is_that_of_the_pictures_but_for_their_eight_bits(learned: list[Sharpening]) -> None:
    for one in learned:
        sharp = picture(one.sharp)
        assert sharp.shape == (SIDE, SIDE)
        assert decibels(picture(one.blurred), sharp) == pytest.approx(one.untouched, abs=0.1)
        for step, output in zip(SNAPSHOTS, one.outputs, strict=True):
            assert decibels(picture(output), sharp) == pytest.approx(one.quality[step], abs=0.1)


def test_the_twin_with_a_shortcut_is_better_than_the_blurred_photo_first(learned: list[Sharpening]) -> None:
    first = [next((step for step, one in enumerate(told.quality) if one > told.untouched), 999) for told in learned]
    assert first[1] < first[0]


def test_both_twins_have_the_same_weights_and_differ_by_the_picture() -> None:
    plain, residual = (measure.Sharpener(3, shortcut=shortcut) for shortcut in (False, True))
    x = measure.photo()
    assert torch.allclose(residual(x) - plain(x), x, atol=1e-6)


def test_before_training_one_twin_is_as_good_as_the_blurred_photo_and_the_other_as_black(learned: list[Sharpening]) -> None:
    plain, residual = learned
    assert residual.quality[0] == residual.untouched
    sharp = measure.photo()[1]
    assert plain.quality[0] == pytest.approx(-10 * np.log10(np.mean(np.square(sharp.numpy()))))
    assert plain.quality[-1] > plain.untouched
    assert residual.quality[-1] > residual.untouched + 2


def test_the_network_without_shortcut_comes_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "SNAPSHOTS", (0, 2))
    said: list[str] = []
    told = measured("sharpening", {"blur": "motion"}, store, report=lambda _, words, *__: said.append(words))
    assert [one.shortcut for one in told] == [False, True]
    assert said[0].startswith("without shortcut")
    assert said[-1].startswith("with shortcut")


def test_ones_own_photo_is_cut_to_its_middle_and_learned_from(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "SNAPSHOTS", (0, 2))
    file = io.BytesIO()
    left_white = np.zeros((300, 900), np.uint8)
    left_white[:, :450] = 255
    Image.fromarray(left_white).save(file, "PNG")
    for one in measured("sharpening", {"photo": "my own"}, store, file.getvalue()):
        assert picture(one.sharp).shape == (SIDE, SIDE)
        assert picture(one.sharp)[:, :-2] == pytest.approx(1)  # the left half is looked at
    with pytest.raises(ValueError, match="not a picture"):
        measured("sharpening", {"photo": "my own"}, store, b"hostile")
