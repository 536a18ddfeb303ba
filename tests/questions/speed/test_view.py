from explorer.questions.speed.result import Speed
from explorer.runs.store import Store
from tests.pages import asked, fresh, shown, text

__all__ = ["fresh"]
LADDER = [
    Speed(title=title, macs=macs, numbers=numbers, layers=layers, forward=taken, training=taken, batch=32, device="a chip")
    for title, macs, numbers, layers, taken in (("a", 100, 10, 5, 1.0), ("b", 1000, 100, 10, 10.0), ("c", 10, 4, 4, 0.4))
]  # fmt: skip


def test_the_page_says_what_is_slowest_and_which_count_is_nearest(store: Store) -> None:
    app = shown(store, "speed", "speed", *LADDER)
    [(_, payload)] = asked(store, "speed")
    assert payload == {"batch": 32, "rounds": 3}
    assert "On a chip, these networks do between" in text(app)
    assert "The slowest for its size is c: a multiply-add takes it 4 times" in text(app)
    assert "memory traffic comes nearest" in text(app)
