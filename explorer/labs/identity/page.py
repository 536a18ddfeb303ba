"""Identity is hard: a stack of relu blocks asked to do nothing, with and without shortcuts."""

import streamlit as st

from explorer.labs.identity.figure import identity
from explorer.labs.identity.result import QUESTION
from explorer.labs.identity.spec import IdentitySpec
from explorer.labs.identity.words import BIASES, BLOCKS, LAB, SCALE, SEED, finding, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.widgets import number_input, slider, toggle

with controls(LAB):
    spec = IdentitySpec(blocks=slider(BLOCKS), scale=slider(SCALE), biases=toggle(BIASES), seed=number_input(SEED))
if results := trained(QUESTION, spec):
    show(identity(results, scheme()), finding(results), formula(results))
    st.caption(
        "Vectors of 4 normal numbers, blocks of 8 relu units, the same weights before training; Adam, 400 steps of 128 fresh "
        "vectors. Right: what becomes of a vector that is zero but for its first number; dotted, the identity. Without biases "
        "it must be straight on either side of zero."
    )
close(LAB)
