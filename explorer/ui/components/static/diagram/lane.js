// A network as a lane: every weighted layer a cell at its place on the depth axis, every shortcut an arc.

import { makeScale } from "../axis.js";
import { formatNumber } from "../numbers.js";
import { colourOf, spread } from "../record/quantities.js";
import { WideArcs, drawArcs } from "./arcs.js";
import { blocksOf, describe, layersOf } from "./blocks.js";
import { Cells, HOLLOW } from "./cells.js";
import { drawFolds, drawOutlines, folded, markSelection } from "./outlines.js";
import { drawStages } from "./stages.js";
import { CELL, LABEL, node } from "./svg.js";

/** @import { Network } from "../data.js" */
/** @import { Quantity, Range } from "../record/quantities.js" */
/** @import { Block } from "./blocks.js" */
/** @import { Diagram } from "./diagram.js" */
/** @import { Sheet } from "./svg.js" */
/** @typedef {Float32Array | null} Known */

const UNKNOWN = "rgba(128,128,128,0.35)";

/** One network of a diagram. */
export class Lane {
  /** @type {Known} values of the quantity on show, one a weighted layer */
  values = null;
  /** @type {Known} of the gradient over the shortcut, one a block: arcs and cells then have widths */
  shares = null;
  /** @type {Quantity | undefined} */
  quantity;
  /** @type {Range} */
  range = { low: 0, high: 1 };
  /** @type {Cells | undefined} */
  cells;
  /** @type {WideArcs | undefined} */
  arcs;
  /** @type {SVGRectElement[]} what is clicked and focused, one a block */
  hits = [];
  focused = 0;

  /**
   * @param {Network} network
   * @param {number} index 0 is network A
   * @param {Diagram} owner
   */
  constructor(network, index, owner) {
    const { letter, title, drawing } = network;
    this.network = network;
    this.index = index;
    this.owner = owner;
    this.blocks = blocksOf(drawing);
    this.svg = node("svg", { class: "rx-lane", role: "group", "aria-label": `Network ${letter}, ${title}, ${drawing.depth} weighted layers` });
  }

  get height() {
    return this.svg.clientHeight || 76;
  }

  draw() {
    const width = this.svg.clientWidth;
    if (!width) return;
    const { blocks, network } = this;
    const { sheet, frame } = this.sheet(width);
    drawStages(sheet, network.drawing);
    if (this.shares) this.arcs = new WideArcs(sheet, blocks);
    else drawArcs(sheet, blocks);
    this.cells = new Cells(sheet, network.drawing.depth);
    const narrow = folded(sheet.scale.unit, blocks);
    const badges = narrow ? drawFolds(sheet, network.drawing.runs, (from, to) => this.owner.zoom.to(from, to)) : [];
    if (!narrow) drawOutlines(sheet, blocks);
    this.hits = blocks.map((block, index) => this.hit(sheet, block, index));
    sheet.body.append(...this.hits);
    this.mark(sheet);
    sheet.body.append(...badges); // above the blocks, so that they can be clicked
    const letter = node("text", { x: 8, y: sheet.top + CELL - 4, "font-size": 18, "font-weight": 700, fill: network.colour }, network.letter);
    const hadFocus = this.svg.contains(document.activeElement);
    this.svg.replaceChildren(frame, letter, sheet.body);
    this.paint();
    if (hadFocus) this.focus();
  }

  /**
   * An empty sheet, and the definition of what may be seen of it.
   *
   * @param {number} width
   * @returns {{sheet: Sheet, frame: SVGElement}}
   */
  sheet(width) {
    const { shared, id, background } = this.owner;
    const [margins, height, clip] = [shared.get("margins"), this.height, `rx-clip-${id}-${this.index}`];
    const within = node("clipPath", { id: clip });
    within.append(node("rect", { x: margins.left - 1, y: 0, width: Math.max(1, width - margins.left - margins.right + 2), height }));
    const frame = node("defs", {});
    frame.append(within);
    const scale = makeScale(shared.get("viewport"), width, margins);
    const body = node("g", { "clip-path": `url(#${clip})` });
    return { frame, sheet: { body, scale, height, top: height - CELL - 5, colour: this.network.colour, background } };
  }

  /**
   * What is clicked, pointed at and focused of a block.
   *
   * @param {Sheet} sheet
   * @param {Block} block
   * @param {number} index
   */
  hit({ scale, height }, block, index) {
    const hit = node("rect", {
      x: scale.x(block.from - 0.5).toFixed(2), y: LABEL, width: (scale.unit * block.run.layers).toFixed(2), height: height - LABEL - 2,
      rx: 2, fill: "transparent", class: "rx-block", role: "button", tabindex: index === this.focused ? 0 : -1,
      "aria-label": describe(this.network.letter, block),
    });
    hit.addEventListener("click", () => this.owner.choose(this, index, true));
    hit.addEventListener("pointerenter", (event) => this.owner.tip.show(event, this, block));
    hit.addEventListener("pointerleave", () => this.owner.tip.hide());
    hit.addEventListener("keydown", (event) => this.owner.press(event, this, index));
    return hit;
  }

  /** @param {Sheet} sheet */
  mark(sheet) {
    const chosen = this.owner.shared.get("selection");
    const block = chosen && this.blocks.find((one) => one.name === chosen.block);
    if (block) markSelection(sheet, block, chosen.lane === this.index);
  }

  focus(index = this.focused) {
    this.hits[index]?.focus({ preventScroll: true });
  }

  /**
   * Show a quantity's values, a layer's or a block's each; with `shares` of the gradient as widths too.
   *
   * @param {Float32Array} values
   * @param {Quantity} quantity
   * @param {Range} range
   * @param {Known} shares
   */
  colourBy(values, quantity, range, shares) {
    const widths = Boolean(shares) !== Boolean(this.shares);
    this.values = spread(values, this.network.drawing.depth);
    this.quantity = quantity;
    this.range = range;
    this.shares = shares;
    if (widths) this.draw();
    else this.paint();
  }

  /**
   * What a block's layers say of the quantity on show, in words; a value a block is said once.
   *
   * @param {Block} block
   */
  told(block) {
    const values = Array.from(this.values?.slice(block.from - 1, block.to) ?? []);
    const said = this.quantity?.per === "block" ? values.slice(0, 1) : values;
    return this.quantity && said.some(Number.isFinite) ? `${this.quantity.name} ${said.map(formatNumber).join(", ")}` : "";
  }

  paint() {
    const { cells, values, quantity, range } = this;
    if (!cells) return;
    const hollow = layersOf(this.blocks, this.owner.removed);
    for (let index = 0; index < this.network.drawing.depth; index += 1) {
      const colour = quantity && values ? colourOf(values[index], quantity, range) : null;
      cells.fill(index, hollow.has(index) ? HOLLOW : colour ?? UNKNOWN);
    }
    if (this.shares) this.paintShares(this.shares, cells);
  }

  /**
   * Arcs and cells share the gradient: what is not over the shortcut is through the branch.
   *
   * @param {Float32Array} shares
   * @param {Cells} cells
   */
  paintShares(shares, cells) {
    this.blocks.forEach((block, index) => {
      const share = Number.isFinite(shares[index]) ? shares[index] : 0;
      this.arcs?.widen(index, share);
      cells.shrink(block, 1 - share);
    });
  }
}
