// The keys of a diagram: to go from block to block, to open one, to zoom.

/** @import { Diagram } from "./diagram.js" */
/** @import { Lane } from "./lane.js" */

/**
 * Do what a key asks of the block that has the focus, if it asks anything.
 *
 * @param {KeyboardEvent} event
 * @param {Diagram} diagram
 * @param {Lane} lane
 * @param {number} index
 */
export function press(event, diagram, lane, index) {
  const { from, to } = lane.blocks[index];
  /** @type {(other: Lane | undefined, at: number) => (() => void) | undefined} */
  const going = (other, at) => other && (() => go(diagram, lane.hits[index], other, at));
  /** @type {Record<string, (() => void) | undefined>} */
  const asked = {
    ArrowRight: going(lane, index + 1),
    ArrowLeft: going(lane, index - 1),
    ArrowDown: going(diagram.lanes[lane.index + 1], index),
    ArrowUp: going(diagram.lanes[lane.index - 1], index),
    Enter: () => open(diagram, lane, index),
    " ": () => open(diagram, lane, index),
    Escape: () => diagram.close(true),
    "+": () => diagram.zoom.by(0.7, (from + to) / 2),
    "-": () => diagram.zoom.by(1.4, (from + to) / 2),
    0: () => diagram.zoom.all(),
  };
  const act = asked[event.key];
  if (!act) return;
  if (/^Arrow|^Enter$|^ $/.test(event.key)) event.preventDefault();
  event.stopPropagation();
  act();
}

/**
 * Go to the block at a place of a lane, or to the nearest it has.
 *
 * @param {Diagram} diagram
 * @param {SVGElement} hit what had the focus
 * @param {Lane} other
 * @param {number} at
 */
function go(diagram, hit, other, at) {
  const target = Math.max(0, Math.min(other.blocks.length - 1, at));
  hit.setAttribute("tabindex", "-1");
  diagram.choose(other, target, false);
  requestAnimationFrame(() => requestAnimationFrame(() => other.focus(target)));
}

/**
 * @param {Diagram} diagram
 * @param {Lane} lane
 * @param {number} index
 */
function open(diagram, lane, index) {
  diagram.choose(lane, index, true);
  diagram.card.querySelector("button")?.focus({ preventScroll: true });
}
