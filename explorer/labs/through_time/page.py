"""Through time: a recurrent network, and the cells of 1997 and 2000."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.registry import LABS
from explorer.labs.through_time.compute import LAST
from explorer.labs.through_time.figure import through_time
from explorer.labs.through_time.spec import BATCH, LENGTHS, WIDTH, AddingQuestion, Cell
from explorer.labs.through_time.words import LAB, errors, finding, formula, histories
from explorer.questions.attribution.studio import scheme
from explorer.ui.asking import ask_many, show_waiting
from explorer.ui.cache import owner, store
from explorer.ui.lab import close, controls, show

with controls(LAB):
    bias = st.slider("Bias b of the forget gate", -4.0, 8.0, 2.0, 0.5, key="through_time_bias", bind="query-params")
    steps = st.select_slider("Steps T", LENGTHS, 50, key="through_time_steps", bind="query-params")
    size = st.slider("Size of the recurrent weights", 0.1, 2.0, 0.8, 0.1, key="through_time_size", bind="query-params")
    seed = st.number_input("Seed of weights and inputs", 0, 999, 0, key="through_time_seed", bind="query-params")
told = histories(steps, bias, size, seed)
common = {"length": steps, "size": round(size, 1), "seed": seed}
questions = [
    AddingQuestion.model_validate({**common, "cell": cell, "bias": bias if cell is Cell.FORGETFUL else 0})
    for cell in Cell
]
answers = ask_many(store(), owner(), "adding", questions)
learned = [None if content is None else errors(content) for content in answers.values()]
show(through_time(told, learned, scheme()), finding(told, learned), formula(told, bias, ink(2, scheme())))
with st.container(height=64, border=False):
    if waiting := [job for job, content in answers.items() if content is None]:
        show_waiting(store(), waiting, owner(), "Training")
st.caption(
    f"States of {WIDTH} numbers, weights drawn at random, the same for all. Left and middle: before training, random inputs. "
    f"Right: Adam, {BATCH} fresh sequences a step, mean over {LAST} steps; dotted: always saying 1. F is an input gate times new "
    "content."
)
close(LAB, LABS)
