"""A race, and what is told of it."""

from explorer.runs.events import Step
from explorer.specs import NetworkSpec, Race, Recipe

RACE = Race(networks=(NetworkSpec(depth=8, shortcut="none"), NetworkSpec(depth=8)), recipe=Recipe(steps=30))


def step(number: int, loss: float = 1.5) -> Step:
    return Step(number, loss, 0.5, 0.1, 0.01, (1.0, 2.0, float(number)))
