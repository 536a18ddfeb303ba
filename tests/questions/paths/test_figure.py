import pytest

from explorer.questions.paths.figure import path_lengths
from explorer.questions.paths.result import Paths

RESULT = Paths(
    counts=(1, 2, 1), single=(0.5, 0.1, 1e-9), error=(0.0, 0.01, 0.0), together=(0.5, 0.15, 1e-9), whole=0.6, pictures=8,
    draws=40,
)  # fmt: skip


def test_three_panels_tell_number_norm_and_product_by_length() -> None:
    figure = path_lengths([RESULT, RESULT])
    assert [title.text for title in figure.layout.annotations] == [
        "number of paths",
        "gradient along one path",
        "number × one path, % of all",
    ]
    number, single, product, added = figure.data[:4]
    assert list(number.y) == [1, 2, 1]
    assert list(single.y) == [0.5, 0.1, None]  # too small to stretch the axis for
    assert list(single.error_y.array) == [0, 0.01, 0]
    assert [sum(product.y), sum(added.y)] == pytest.approx([100, 100])
    assert len(figure.data) == 8
    assert figure.layout.xaxis.title.text == "branches on the path"


def test_most_of_the_product_lies_with_short_paths() -> None:
    assert RESULT.shortest_with(0.5) == 0
    assert RESULT.shortest_with(0.9) == 1
