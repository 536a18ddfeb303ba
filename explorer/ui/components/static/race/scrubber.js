// The slider that goes back to an earlier step.

import { find } from "./page.js";

/** @import { Scene } from "./scene.js" */

/** The slider over the recorded steps; at its end it follows the newest. */
export class Scrubber {
  newest = 0;

  /**
   * @param {HTMLElement} root
   * @param {{onMove: (step: number | null) => void, onRest: () => void}} handlers null is the newest step
   */
  constructor(root, { onMove, onRest }) {
    this.input = find(root, ".rx-scrub input", HTMLInputElement);
    this.output = find(root, ".rx-scrub output");
    this.input.addEventListener("input", () => {
      const step = Number(this.input.value);
      onMove(step >= this.newest ? null : step);
    });
    this.input.addEventListener("change", onRest);
  }

  /** @param {Scene} scene */
  show({ newest, step, cursor }) {
    const { input, output } = this;
    this.newest = newest;
    input.max = String(Math.max(1, newest));
    input.disabled = !newest;
    if (document.activeElement !== input || cursor == null) input.value = String(step);
    output.textContent = newest ? `${step}${cursor == null ? " (newest)" : ""}` : "none yet";
  }
}
