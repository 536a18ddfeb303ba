"""Identity is hard: a stack of relu blocks asked to do nothing, with and without shortcuts."""

import streamlit as st

from explorer.labs.identity.figure import identity
from explorer.labs.identity.spec import IdentityQuestion
from explorer.labs.identity.words import LAB, finding, formula
from explorer.labs.registry import LABS
from explorer.labs.result import IdentityLearned
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show, trained

with controls(LAB):
    blocks = st.slider("Blocks in a row", 1, 32, 4, key="identity_blocks", bind="query-params")
    scale = st.slider(
        "Size of the branches at the start", 0.0, 1.0, 0.5, 0.05, key="identity_scale", bind="query-params"
    )
    biases = st.toggle("Biases", value=True, key="identity_biases", bind="query-params")
    seed = st.number_input("Seed", 0, 999, 0, key="identity_seed", bind="query-params")
question = IdentityQuestion(blocks=blocks, scale=round(scale, 2), biases=biases, seed=seed)
if results := trained("identity", question, IdentityLearned, "Training both stacks"):
    show(identity(results, scheme()), finding(results), formula(results))
    st.caption(
        "Vectors of 4 normal numbers, blocks of 8 relu units, the same weights before training; Adam, 400 steps of 128 fresh "
        "vectors. Right: what becomes of a vector that is zero but for its first number; dotted, the identity. Without biases "
        "it must be straight on either side of zero."
    )
close(LAB, LABS)
