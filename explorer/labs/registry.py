"""All labs, in the order of the documents' story."""

from explorer.labs.approximation.words import LAB as APPROXIMATION
from explorer.labs.correction.words import LAB as CORRECTION
from explorer.labs.ensemble.words import LAB as ENSEMBLE
from explorer.labs.euler.words import LAB as EULER
from explorer.labs.gate.words import LAB as GATE
from explorer.labs.highway.words import LAB as HIGHWAY
from explorer.labs.identity.words import LAB as IDENTITY
from explorer.labs.rank_collapse.words import LAB as RANK_COLLAPSE
from explorer.labs.sharpening.words import LAB as SHARPENING
from explorer.labs.skip_layer.words import LAB as SKIP_LAYER
from explorer.labs.strength.words import LAB as STRENGTH
from explorer.labs.through_time.words import LAB as THROUGH_TIME
from explorer.labs.zero_start.words import LAB as ZERO_START
from explorer.ui.lab import Lab

LABS: dict[str, Lab] = {
    lab.name: lab
    for lab in (
        HIGHWAY,
        STRENGTH,
        IDENTITY,
        CORRECTION,
        SHARPENING,
        APPROXIMATION,
        ZERO_START,
        EULER,
        ENSEMBLE,
        GATE,
        THROUGH_TIME,
        SKIP_LAYER,
        RANK_COLLAPSE,
    )
}
