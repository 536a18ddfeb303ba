"""Learn what is left to learn: the sharp photo, or the sharpening."""

import streamlit as st

from explorer.labs.registry import LABS
from explorer.labs.result import Sharpening
from explorer.labs.sharpening.figure import sharpening
from explorer.labs.sharpening.spec import CREDIT, SNAPSHOTS, Blur, Photo, SharpeningQuestion
from explorer.labs.sharpening.words import LAB, finding, formula, pictures
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.own_picture import upload

with controls(LAB):
    step = st.select_slider("Step of training", SNAPSHOTS, 50, key="sharpening_step", bind="query-params")
    blur = st.selectbox("Blur", [one.value for one in Blur], key="sharpening_blur", bind="query-params")
    photo = st.selectbox("Photo", [one.value for one in Photo], key="sharpening_photo", bind="query-params")
    content = upload() if photo == Photo.OWN else b""
    seed = st.number_input("Seed", 0, 99, 0, key="sharpening_seed", bind="query-params")
question = SharpeningQuestion(photo=Photo(photo), blur=Blur(blur), seed=seed)
if photo == Photo.OWN and not content:
    st.info("Upload a photo in the sidebar: the networks learn from its right half.")
elif results := trained("sharpening", question, Sharpening, "Training both networks", content):
    told = pictures(results, step)
    picture = sharpening(told, [one.quality for one in results], results[0].untouched, step, scheme())
    show(picture, finding(results, step), formula(told))
    st.caption(
        "PSNR: −10 log₁₀ of the mean square error, values from 0 to 1. Both networks start alike: 5×5, 3×3, 3×3, 16 channels, the "
        f"last at zero; Adam. F(x) is green where it brightens. Norms are root mean squares. {'' if content else CREDIT}"
    )
close(LAB, LABS)
