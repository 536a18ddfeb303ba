"""Learn what is left to learn: the sharp photo, or the sharpening."""

import streamlit as st

from explorer.labs.sharpening.figure import sharpening
from explorer.labs.sharpening.result import QUESTION
from explorer.labs.sharpening.spec import CREDIT, Photo, SharpeningSpec
from explorer.labs.sharpening.words import BLUR, LAB, PHOTO, SEED, STEP, finding, formula, pictures
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.own_picture import upload
from explorer.ui.widgets import number_input, select_slider, selectbox

with controls(LAB):
    step, blur, photo = select_slider(STEP), selectbox(BLUR), selectbox(PHOTO)
    content = upload() if photo == Photo.OWN else b""
    seed = number_input(SEED)
if photo == Photo.OWN and not content:
    st.info("Upload a photo in the sidebar: the networks learn from its right half.")
elif results := trained(QUESTION, SharpeningSpec(photo=photo, blur=blur, seed=seed), content):
    told = pictures(results, step)
    picture = sharpening(told, [one.quality for one in results], results[0].untouched, step, scheme())
    show(picture, finding(results, step), formula(told))
    st.caption(
        "PSNR: −10 log₁₀ of the mean square error, values from 0 to 1. Both networks start alike: 5×5, 3×3, 3×3, 16 channels, the "
        f"last at zero; Adam. F(x) is green where it brightens. Norms are root mean squares. {'' if content else CREDIT}"
    )
close(LAB)
