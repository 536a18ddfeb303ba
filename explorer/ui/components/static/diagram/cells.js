// Weighted layers as cells at their places on the depth axis.

import { CELL, node } from "./svg.js";

/** @import { Block } from "./blocks.js" */
/** @import { Sheet } from "./svg.js" */

/** The fill of a cell that is not drawn but for its edge. */
export const HOLLOW = "none";

/** The cells of one lane. */
export class Cells {
  /**
   * @param {Sheet} sheet
   * @param {number} depth
   */
  constructor({ body, scale, top, colour }, depth) {
    const gap = scale.unit > 5 ? 1 : 0;
    const group = node("g", { "shape-rendering": gap ? "auto" : "crispEdges" });
    const same = { y: top, width: Math.max(0.5, scale.unit - gap).toFixed(2), height: CELL, rx: gap ? 1.5 : 0 };
    this.top = top;
    this.colour = colour;
    this.cells = Array.from({ length: depth }, (_, index) => node("rect", { x: (scale.x(index + 0.5) + gap / 2).toFixed(2), ...same }));
    /** @type {string[]} */
    this.filled = [];
    group.append(...this.cells);
    body.append(group);
  }

  /**
   * Fill a cell; a hollow one has a broken edge.
   *
   * @param {number} index
   * @param {string} fill
   */
  fill(index, fill) {
    if (this.filled[index] === fill) return;
    this.filled[index] = fill;
    const cell = this.cells[index];
    cell.setAttribute("fill", fill);
    cell.setAttribute("stroke", fill === HOLLOW ? this.colour : "none");
    if (fill === HOLLOW) cell.setAttribute("stroke-dasharray", "2 2");
  }

  /**
   * Make a block's cells a share from 0 to 1 of their height, about their middle.
   *
   * @param {Block} block
   * @param {number} share
   */
  shrink({ from, to }, share) {
    const high = Math.max(1.5, CELL * share);
    for (const cell of this.cells.slice(from - 1, to)) {
      cell.setAttribute("y", (this.top + (CELL - high) / 2).toFixed(2));
      cell.setAttribute("height", high.toFixed(2));
    }
  }
}
