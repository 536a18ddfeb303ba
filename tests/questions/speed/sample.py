"""What stands in for what was timed: a ladder of three networks."""

from explorer.questions.speed.result import Speed


def one(title: str, macs: int, numbers: int, layers: int, forward: float) -> Speed:
    return Speed(title=title, macs=macs, numbers=numbers, layers=layers, forward=forward, training=3 * forward, batch=1, device="x")


LADDER = [one("a", 100, 10, 5, 1.0), one("b", 1000, 100, 10, 10.0), one("c", 10, 4, 4, 0.4)]
