// Which quantity is shown along the depth, and the words about it.

import { QUANTITIES, quantityOf } from "../record/quantities.js";
import { colourBar } from "./colourbar.js";
import { depthFinding } from "./findings.js";
import { find } from "./page.js";

/** @import { Quantity } from "../record/quantities.js" */
/** @import { Scene } from "./scene.js" */

/** The list of quantities, the sentence that explains the chosen one, what it says, and its scale. */
export class Along {
  /** @type {Quantity | undefined} the quantity that is explained */
  told;
  bar = "";

  /**
   * @param {HTMLElement} root
   * @param {string | null} id the quantity that is shown first
   * @param {{onChoose: (id: string) => void, onSort: () => void}} handlers
   */
  constructor(root, id, { onChoose, onSort }) {
    this.root = root;
    this.select = find(root, ".rx-quantity", HTMLSelectElement);
    this.select.replaceChildren(...QUANTITIES.map((one) => new Option(one.name, one.id)));
    this.select.value = quantityOf(id).id;
    this.select.addEventListener("change", () => onChoose(this.select.value));
    this.box = find(root, ".rx-sorted input", HTMLInputElement);
    this.box.addEventListener("change", onSort);
  }

  /**
   * Whether a quantity is shown sorted by size.
   *
   * @param {Quantity} quantity
   */
  sorted(quantity) {
    return Boolean(quantity.sorts) && this.box.checked;
  }

  /** @param {Scene} scene */
  show({ lanes, quantity, range, step }) {
    const { root } = this;
    find(root, ".rx-finding").textContent = depthFinding(lanes, quantity, step);
    find(root, ".rx-sorted").hidden = !quantity.sorts;
    find(root, ".rx-heat-name").textContent = `${quantity.name}, ${quantity.per} by step`;
    const bar = colourBar(quantity, range);
    if (bar !== this.bar) find(root, ".rx-scale").innerHTML = this.bar = bar;
    if (this.told === quantity) return;
    this.told = quantity;
    find(root, ".rx-about").innerHTML = quantity.about; // our own words
    find(root, ".rx-gradient .rx-plot").setAttribute("aria-label", `${quantity.name} of every ${quantity.per}, first to last`);
  }
}
