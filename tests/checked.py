"""Checks of two methods by two networks, with numbers that were drawn."""

import numpy as np

from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.spec import Method

rng = np.random.default_rng(0)


METHODS = (Method.SALIENCY, Method.GRAD_CAM)


def checked(method: Method = Method.SALIENCY, shift: float = 0.0, check: Check = Check.MASK) -> Checked:
    names = ("inside", "area", "insertion 0", "insertion 1", "deletion 0", "deletion 1")
    values = tuple(tuple(float(value) + shift for value in rng.random(12)) for _ in names)
    return Checked(check=check, method=method, names=names, values=values)


def networks() -> list[list[Checked]]:
    return [[checked(method, shift) for method in METHODS] for shift in (0.0, 0.2)]
