"""The studio's blocks: Grad-CAM at the parts of any block, along depth, and what flows through each part."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.blocks.figure import chosen, flows, parts_of_block, places, strip
from explorer.questions.attribution.blocks.result import BlockMaps, from_npz
from explorer.questions.attribution.methods.figure import answers
from explorer.questions.attribution.studio import Studio, scheme, show_heading, show_wall
from explorer.ui.asking import CONFIG, ask_many
from explorer.ui.components.blocks import choose_block
from explorer.ui.race import lane

state = st.session_state


def show_blocks(studio: Studio) -> None:
    """Diagrams to click a block in, its three maps, the strip along depth, and the flows of one picture."""
    question = studio.request.of_all_blocks()
    found = ask_many(studio.store, studio.owner, "blocks", [question], studio.content)
    content = next(iter(found.values()))
    fresh = [] if content is None else from_npz(content)
    if fresh:
        state["last_blocks"] = (fresh, studio.classes)
    results, classes = state.get("last_blocks", ((), ()))
    block = state.get("block", "")
    show_heading(studio, finding(results, block) if results else "", [job for job, one in found.items() if one is None])
    lanes = [lane(index, subject.network, []) for index, subject in enumerate(studio.subjects)]
    choose_block(lanes, block, _choose)
    if not results:
        return
    texts = answers(results, classes, scheme())
    st.markdown("**Grad-CAM at the block's parts:** branch and shortcut add up to the sum.")
    groups = parts_of_block(results, block, scheme())
    show_wall(results[0].images, texts, groups, studio.opacity, "Branch, shortcut and sum of one block")
    for index, one in enumerate(results):
        some = ", some blocks in even steps" if len(places(len(one.blocks))) < len(one.blocks) else ""
        st.markdown(f"**Grad-CAM along the depth of {LETTERS[index]} {studio.titles[index]}**{some}")
        group = [strip(one, index, scheme())]
        show_wall(one.images, texts, group, studio.opacity, "Grad-CAM along depth", key=f"strip_{index}", caption="")
    _show_flows(results, classes)


def _choose(block: str) -> None:
    state["block"] = block


def _show_flows(results: Sequence[BlockMaps], classes: Sequence[str]) -> None:
    count = len(results[0].images)
    row = (
        st.selectbox("Picture", range(count), format_func=lambda one: f"number {one + 1}", key="flow_of")
        if count > 1
        else 0
    )
    targets = ", ".join(classes[target] for target in dict.fromkeys(int(one.targets[row]) for one in results))
    st.markdown(f"**What flows to the logit of {targets} through each block**")
    st.plotly_chart(
        flows(results, row, scheme()), key="flows", theme=None, config=CONFIG, alt="Conductance of every block"
    )
    missed = max(
        float(np.abs(_both(one)[row] - one.rises[row]).max() / max(1.0, abs(one.rises[row]))) for one in results
    )
    st.caption(
        "Conductance (Dhamdhere et al. 2018): on the straight way from the baseline to the picture, each addend's change times "
        "the logit's gradient. Branch and shortcut of one block add up to the rise of the logit; with 64 steps they miss at "
        f"most {100 * missed:.2g} % of it here."
    )


def _both(one: BlockMaps) -> npt.NDArray[np.float32]:
    return np.asarray(one.through_branch + np.nan_to_num(one.over_shortcut))


def finding(results: Sequence[BlockMaps], block: str) -> str:
    """Return in words how much of the flow passes the chosen block's shortcut, as measured on these pictures."""
    words = []
    for letter, one in zip(LETTERS, results, strict=False):
        place = chosen(one, block)
        over, both = one.over_shortcut[:, place], _both(one)[:, place]
        if np.isnan(over).all():
            words.append(f"{letter}: no shortcut")
        else:
            words.append(f"{letter}: {np.median(over):.3g} of {np.median(both):.3g} logits over the shortcut")
    return f"Block {block or 'last'}, median picture. {'; '.join(words)}"
