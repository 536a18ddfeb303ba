"""Ensemble and boosting: what single blocks of a network are worth."""

import numpy as np
import streamlit as st

from explorer.figures.ensemble import ensemble
from explorer.figures.palette import ink
from explorer.labs.ensemble import account, without_each
from explorer.results.labs import EnsembleNetwork
from explorer.specs.ensemble import BLOCKS, EnsembleQuestion
from explorer.specs.spirals import two_spirals
from explorer.ui.attribution_answer import scheme
from explorer.ui.labs.ensemble import LAB, finding, formula, network
from explorer.ui.labs.frame import close, controls, show, trained
from explorer.ui.labs.registry import LABS

with controls(LAB):
    missing = st.slider("Block to take away (0: none)", 0, BLOCKS, 0, key="ensemble_missing", bind="query-params")
    one = st.slider("Exchange block …", 1, BLOCKS, 1, key="ensemble_one", bind="query-params")
    other = st.slider("… with block", 1, BLOCKS, 1, key="ensemble_other", bind="query-params")
    seed = st.number_input("Seed of training", 0, 99, 0, key="ensemble_seed", bind="query-params")
points, labels = (np.array(values) for values in two_spirals())
if told := trained("ensemble", EnsembleQuestion(seed=seed), EnsembleNetwork, "Training both networks"):
    networks = [network(each) for each in told]
    whole = [account(each, points, labels) for each in networks]
    altered = [account(each.altered(missing, (one, other)), points, labels) for each in networks]
    without = [without_each(each, points, labels) for each in networks]
    show(ensemble(altered, without, missing, scheme()), finding(whole, altered), formula(altered[1], ink(1, scheme())))
    st.caption(
        "The read-out is that of the end, put after each block. Middle: mean cosine between what a block adds and −∂E/∂x, E being "
        "the loss of that read-out before the block; above 0 it pushes as boosting would. Dotted: guessing. Left and middle "
        "show the network as altered, right as trained."
    )
close(LAB, LABS)
