"""All labs, in the order of the documents' story."""

from explorer.ui.labs import (
    approximation,
    correction,
    ensemble,
    euler,
    gate,
    highway,
    identity,
    rank_collapse,
    sharpening,
    skip_layer,
    strength,
    through_time,
    zero_start,
)
from explorer.ui.labs.frame import Lab

LABS: dict[str, Lab] = {
    lab.name: lab
    for lab in (
        highway.LAB,
        strength.LAB,
        identity.LAB,
        correction.LAB,
        sharpening.LAB,
        approximation.LAB,
        zero_start.LAB,
        euler.LAB,
        ensemble.LAB,
        gate.LAB,
        through_time.LAB,
        skip_layer.LAB,
        rank_collapse.LAB,
    )
}
