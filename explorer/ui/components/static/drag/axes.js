// The two axes of a panel that Plotly drew.

/** @import { Axis, Plot } from "../data.js" */

/** Places in a panel's units ↔ pixels of the figure. */
export class Axes {
  /**
   * @param {Axis} x
   * @param {Axis} y
   */
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  /**
   * The axes of a panel, if it is drawn.
   *
   * @param {Plot} plot
   * @param {number} panel from 1
   */
  static of({ _fullLayout: drawn }, panel) {
    const suffix = panel === 1 ? "" : panel;
    const [x, y] = [drawn?.[`xaxis${suffix}`], drawn?.[`yaxis${suffix}`]];
    return x && y && new Axes(x, y);
  }

  /**
   * Move a button to a place; across only, if said so.
   *
   * @param {HTMLElement} button
   * @param {{x: number, y: number}} place
   * @param {boolean} across
   */
  put(button, { x, y }, across) {
    button.style.left = `${this.x._offset + this.x.l2p(x)}px`;
    if (!across) button.style.top = `${this.y._offset + this.y.l2p(y)}px`;
  }

  /**
   * The place under the pointer.
   *
   * @param {Plot} plot
   * @param {PointerEvent} pointer
   * @returns {[x: number, y: number]}
   */
  at(plot, { clientX, clientY }) {
    const { left, top } = plot.getBoundingClientRect();
    return [this.x.p2l(clientX - left - this.x._offset), this.y.p2l(clientY - top - this.y._offset)];
  }
}
