// One quantity at one step, on the depth axis of the diagrams.

import { places } from "../record/quantities.js";
import { Chart, axis, layout } from "./chart.js";

/** @import { Quantity, Range } from "../record/quantities.js" */
/** @import { Part } from "./chart.js" */
/** @import { Scene, Shown } from "./scene.js" */

/** A quantity of every layer or block; or sorted by size, largest first. */
export class DepthChart extends Chart {
  /**
   * @param {Scene} scene
   * @param {boolean} sorted
   */
  show(scene, sorted) {
    const { lanes, theme, viewport, margins, quantity, range } = scene;
    const along = sorted ? "rank, largest first" : "weighted layer, first to last";
    const depth = axis(theme, along, { range: [viewport.from - 0.5, viewport.to + 0.5], tickformat: "d" });
    const size = axis(theme, quantity.axis, { range: [range.low, range.high], ...ticks(quantity, range) });
    const page = layout(theme, depth, size, null);
    page.margin = { ...page.margin, l: margins.left, r: margins.right };
    page.shapes = marks(scene, sorted);
    this.draw(lanes.map((lane) => trace(lane, scene, sorted)), page);
  }
}

/**
 * @param {Shown} lane
 * @param {Scene} scene
 * @param {boolean} sorted
 */
function trace({ letter, title, colour, record }, { theme, quantity, step }, sorted) {
  const values = record.valuesAt(quantity, step);
  const log = quantity.scale === "log";
  const shown = Array.from(values, (value) => (Number.isFinite(value) && (!log || value > 0) ? value : null));
  if (sorted) shown.sort((one, other) => Number(other) - Number(one));
  return {
    type: "scatter", mode: shown.length > 120 ? "lines" : "lines+markers", name: `${letter} ${title}`,
    x: places(values, record.layers), y: shown,
    line: { color: colour, width: 1.5 * theme.stroke }, marker: { size: 4 * theme.stroke }, hovertemplate: quantity.scale === "share" ? "%{y:.1%}" : "%{y:.3g}",
  };
}

/**
 * @param {Quantity} quantity
 * @param {Range} range
 * @returns {Part}
 */
function ticks({ scale }, { low, high }) {
  if (scale === "log") return { type: "log", dtick: high - low > 6 ? 2 : 1, exponentformat: "power" };
  return scale === "share" ? { tickformat: ".0%", dtick: 0.25 } : { dtick: 0.5, zeroline: true };
}

/**
 * The quantity's own mark, and the selected block's columns.
 *
 * @param {Scene} scene
 * @param {boolean} sorted
 */
function marks({ theme, quantity: { mark }, selection }, sorted) {
  /** @type {Part[]} */
  const shapes = [];
  if (mark) shapes.push({ type: "line", xref: "paper", x0: 0, x1: 1, y0: mark, y1: mark, line: { color: theme.text, width: 1, dash: "dot" } });
  if (selection && !sorted) {
    shapes.push({ type: "rect", x0: selection.from - 0.5, x1: selection.to + 0.5, yref: "paper", y0: 0, y1: 1, line: { width: 0 }, fillcolor: theme.line, opacity: 0.18 });
  }
  return shapes;
}
