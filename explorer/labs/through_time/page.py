"""Through time: a recurrent network, and the cells of 1997 and 2000."""

import numpy as np
import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.through_time.compute import LAST
from explorer.labs.through_time.figure import through_time
from explorer.labs.through_time.result import QUESTION
from explorer.labs.through_time.spec import BATCH, WIDTH, AddingSpec, Cell
from explorer.labs.through_time.words import BIAS, LAB, SEED, SIZE, TIME, finding, formula, histories
from explorer.ui.asking import ask_each, show_waiting
from explorer.ui.figures import scheme
from explorer.ui.lab import PLACE, close, controls, show
from explorer.ui.widgets import number_input, select_slider, slider

with controls(LAB):
    bias, steps, size, seed = slider(BIAS), select_slider(TIME), slider(SIZE), number_input(SEED)
told = histories(steps, bias, size, seed)
specs = [AddingSpec(cell=cell, length=steps, bias=bias if cell is Cell.FORGETFUL else 0, size=size, seed=seed) for cell in Cell]
asked = ask_each(QUESTION, specs, place=PLACE)
learned = [np.array(one.results[0].errors) if one.results else None for one in asked]
show(through_time(told, learned, scheme()), finding(told, learned), formula(told, bias, ink(2, scheme())))
with st.container(height=64, border=False):
    show_waiting(asked)
st.caption(
    f"States of {WIDTH} numbers, weights drawn at random, the same for all. Left and middle: before training, random inputs. "
    f"Right: Adam, {BATCH} fresh sequences a step, mean over {LAST} steps; dotted: always saying 1. F is an input gate times new "
    "content."
)
close(LAB)
