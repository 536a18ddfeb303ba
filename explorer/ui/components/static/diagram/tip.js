// What a block says to who points at it.

import { factsOf } from "./blocks.js";

/** @import { Block } from "./blocks.js" */
/** @import { Lane } from "./lane.js" */

/** One tooltip for all lanes of a diagram. */
export class Tip {
  /** @param {HTMLElement} box what it stands in */
  constructor(box) {
    this.box = box;
    this.element = Object.assign(document.createElement("div"), { className: "rx-tip", hidden: true });
  }

  /**
   * @param {PointerEvent} event
   * @param {Lane} lane
   * @param {Block} block
   */
  show(event, lane, block) {
    const { box, element } = this;
    element.hidden = false;
    const lines = factsOf(lane.network.letter, block, lane.told(block));
    element.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
    const { left, width } = box.getBoundingClientRect();
    element.style.left = `${Math.min(event.clientX - left + 12, width - element.offsetWidth - 4)}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
