// The diagram: networks as lanes on one depth axis, what their arcs mean, what a block says, and the card of an opened one.

import { openCard } from "./card.js";
import { press } from "./keys.js";
import { Lane } from "./lane.js";
import { legendHTML } from "./legend.js";
import { picturePNG, pictureSVG } from "./picture.js";
import { Tip } from "./tip.js";
import { Zoom } from "./zoom.js";

/** @import { Network } from "../data.js" */
/** @import { Quantity, Range } from "../record/quantities.js" */
/** @import { Selection, Shared } from "../shared.js" */
/** @import { Block } from "./blocks.js" */

/**
 * What a diagram is made of. With `onToggle` a click tells the block's name and opens no card; `hint` says so.
 *
 * @typedef {{shared: Shared, lanes: Network[], onToggle?: (name: string) => void, hint?: string}} Options
 */

let made = 0;

/** A diagram of some networks. */
export class Diagram {
  /** @type {Lane[]} */
  lanes = [];
  /** @type {Set<string>} names of the blocks whose branches are dropped */
  removed = new Set();
  /** @type {Lane | undefined} the lane of the opened block */
  opened;
  pending = false;
  wide = false;

  /**
   * @param {HTMLElement} element
   * @param {Options} options
   */
  constructor(element, { shared, lanes, onToggle, hint }) {
    this.element = element;
    this.shared = shared;
    this.onToggle = onToggle;
    this.hint = hint;
    this.id = made += 1;
    this.box = Object.assign(document.createElement("div"), { className: "rx-lanes" });
    this.legend = Object.assign(document.createElement("div"), { className: "rx-legend" });
    this.card = Object.assign(document.createElement("div"), { className: "rx-block-card", hidden: true });
    this.tip = new Tip(element);
    element.append(this.box, this.legend, this.tip.element, this.card);
    this.zoom = new Zoom(this.box, shared, () => this.close());
    this.release = [shared.on("viewport", () => this.redraw()), shared.on("selection", () => this.redraw())];
    this.size = new ResizeObserver(() => this.redraw());
    this.size.observe(this.box);
    this.setLanes(lanes);
  }

  /** @param {Network[]} lanes */
  setLanes(lanes) {
    this.lanes = lanes.map((lane, index) => new Lane(lane, index, this));
    this.zoom.depth = Math.max(...lanes.map((lane) => lane.drawing.depth));
    this.box.replaceChildren(...this.lanes.map((lane) => lane.svg));
    this.shared.set("selection", null);
    this.zoom.all();
    this.drawLegend(false);
  }

  /** @param {boolean} wide whether arcs and cells have widths */
  drawLegend(wide) {
    const kinds = new Set(this.lanes.flatMap(({ network }) => network.drawing.runs.map((run) => run.shortcut)));
    const usual = wide ? "Widths share the gradient: arc shortcut, cells branch." : "A cell is a weighted layer; click a block to open it.";
    this.wide = wide;
    this.legend.innerHTML = legendHTML(kinds, this.background, this.hint || usual);
  }

  /**
   * Draw the branches of these blocks, by name, as dropped: hollow.
   *
   * @param {string[]} names
   */
  setRemoved(names) {
    this.removed = new Set(names);
    this.redraw();
  }

  get background() {
    return getComputedStyle(this.element).getPropertyValue("--st-background-color").trim() || "#fff";
  }

  redraw() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.lanes.forEach((lane) => lane.draw());
    });
  }

  /**
   * Show a quantity in one lane: see `Lane.colourBy`.
   *
   * @param {number} index
   * @param {Float32Array} values
   * @param {Quantity} quantity
   * @param {Range} range
   * @param {Float32Array | null} shares
   */
  colour(index, values, quantity, range, shares) {
    this.lanes[index]?.colourBy(values, quantity, range, shares);
    if (index === 0 && Boolean(shares) !== this.wide) this.drawLegend(Boolean(shares));
  }

  /**
   * Select a block, and open its card, or tell its name.
   *
   * @param {Lane} lane
   * @param {number} index
   * @param {boolean} open
   */
  choose(lane, index, open) {
    const block = lane.blocks[index];
    lane.focused = index;
    if (this.onToggle) {
      if (open) this.onToggle(block.name);
      return;
    }
    this.shared.set("selection", selectionOf(lane, block, open));
    if (open) this.open(lane, block);
  }

  /**
   * Mark a block by its name, in the first network that has it.
   *
   * @param {string} [name]
   */
  mark(name) {
    const [lane, index] = this.find(name);
    this.shared.set("selection", lane ? selectionOf(lane, lane.blocks[index], false) : null);
  }

  /**
   * Select a block by its name, in the first network that has it, without opening it; an unknown name is passed over.
   *
   * @param {string | null} name
   */
  select(name) {
    const [lane, index] = this.find(name);
    if (lane) this.choose(lane, index, false);
  }

  /**
   * @param {string | null} [name]
   * @returns {[Lane | undefined, number]}
   */
  find(name) {
    const places = this.lanes.map((lane) => lane.blocks.findIndex((block) => block.name === name));
    const first = places.findIndex((place) => place >= 0);
    return [this.lanes[first], places[first]];
  }

  /**
   * @param {Lane} lane
   * @param {Block} block
   */
  open(lane, block) {
    const { box, card } = this;
    openCard(card, lane.network, block, lane.told(block), () => this.close(true));
    const x = this.zoom.scale.x((block.from + block.to) / 2);
    card.hidden = false;
    card.style.left = `${Math.max(0, Math.min(box.clientWidth - card.offsetWidth, x - card.offsetWidth / 2))}px`;
    this.opened = lane;
  }

  close(refocus = false) {
    this.card.hidden = true;
    if (refocus) this.opened?.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Lane} lane
   * @param {number} index
   */
  press(event, lane, index) {
    press(event, this, lane, index);
  }

  /** All lanes as one self-contained picture. */
  exportSVG() {
    return pictureSVG(this.lanes, this.box.clientWidth, getComputedStyle(this.element).color, this.background);
  }

  /** @param {number} factor */
  exportPNG(factor) {
    return picturePNG(this.exportSVG(), factor);
  }

  destroy() {
    this.release.forEach((release) => release());
    this.size.disconnect();
    for (const part of [this.box, this.legend, this.tip.element, this.card]) part.remove();
  }
}

/**
 * @param {Lane} lane
 * @param {Block} block
 * @param {boolean} opened
 * @returns {Selection}
 */
function selectionOf(lane, block, opened) {
  return { lane: lane.index, block: block.name, from: block.from, to: block.to, opened };
}
