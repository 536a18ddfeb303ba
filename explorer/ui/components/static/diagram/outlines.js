// The frames of blocks: each one's own, or, where blocks are narrow, a run's with its ×N; and what marks the selected one.

import { CELL, LABEL, node } from "./svg.js";

/** @import { Run } from "../data.js" */
/** @import { Block } from "./blocks.js" */
/** @import { Sheet } from "./svg.js" */

const NARROW = 14; // a block narrower than this is folded into its run

/**
 * Whether blocks are so narrow that their runs are framed instead.
 *
 * @param {number} unit pixels a layer
 * @param {Block[]} blocks
 */
export function folded(unit, blocks) {
  return blocks.length > 0 && unit * blocks[0].run.layers < NARROW;
}

/**
 * Frame every block.
 *
 * @param {Sheet} sheet
 * @param {Block[]} blocks
 */
export function drawOutlines({ body, scale, top, colour }, blocks) {
  for (const { from, run } of blocks) {
    body.append(node("rect", { x: scale.x(from - 0.5) + 0.5, y: top - 1, width: scale.unit * run.layers - 1, height: CELL + 2, rx: 3, fill: "none", stroke: colour, "stroke-width": 1 }));
  }
}

/**
 * Frame every run of equal blocks as one node; returns the badges that say how many, to be drawn above the blocks.
 *
 * @param {Sheet} sheet
 * @param {Run[]} runs
 * @param {(from: number, to: number) => void} zoomTo
 */
export function drawFolds({ body, scale, top, colour, background }, runs, zoomTo) {
  const badges = [];
  for (const run of runs) {
    const from = scale.x(run.first - 0.5);
    const size = scale.unit * run.count * run.layers;
    body.append(node("rect", { x: from + 0.5, y: top - 1, width: Math.max(1, size - 1), height: CELL + 2, rx: 3, fill: "none", stroke: colour, "stroke-width": 1.2 }));
    if (size < 30 || run.count < 2) continue;
    const badge = foldBadge(run, from + size / 2, colour, background);
    badge.addEventListener("click", (event) => {
      event.stopPropagation();
      zoomTo(run.first - 1, run.first + Math.min(run.count * run.layers, Math.floor(scale.unit * 60)));
    });
    badges.push(badge);
  }
  return badges;
}

/**
 * The ×N of a run, about its middle: a click unfolds it by zooming there.
 *
 * @param {Run} run
 * @param {number} middle
 * @param {string} colour
 * @param {string} background
 */
function foldBadge(run, middle, colour, background) {
  const text = `×${run.count}`;
  const wide = 9 + 7 * text.length;
  const badge = node("g", { class: "rx-fold", "data-fold": run.stage });
  badge.append(
    node("title", {}, `${run.count} equal blocks: zoom in to unfold them`),
    node("rect", { x: middle - wide / 2, y: LABEL + 1, width: wide, height: 15, rx: 7, fill: background, stroke: colour }),
    node("text", { x: middle, y: LABEL + 12.5, "font-size": 11, "text-anchor": "middle", fill: "currentColor" }, text),
  );
  return badge;
}

/**
 * Mark the selected block, strongly in the lane it was chosen in.
 *
 * @param {Sheet} sheet
 * @param {Block} block
 * @param {boolean} own
 */
export function markSelection({ body, scale, top }, block, own) {
  body.append(node("rect", {
    x: scale.x(block.from - 0.5) - 1.5, y: top - 3, width: Math.max(4, scale.unit * block.run.layers + 3), height: CELL + 6, rx: 4,
    fill: "none", stroke: "currentColor", "stroke-width": own ? 2.5 : 1.2, "pointer-events": "none",
  }));
}
