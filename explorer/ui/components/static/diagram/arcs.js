// Shortcuts as arcs over the cells of their branch.

import { LABEL, node } from "./svg.js";

/** @import { Scale } from "../axis.js" */
/** @import { Block } from "./blocks.js" */
/** @import { Sheet } from "./svg.js" */

/**
 * A block's arc as a path from `top`, `inset` pixels inside the block's edges.
 *
 * @param {Scale} scale
 * @param {number} top
 * @param {Block} block
 * @param {number} inset
 */
export function arcPath(scale, top, block, inset) {
  const [left, right] = [scale.x(block.from - 0.5) + inset, scale.x(block.to + 0.5) - inset];
  const rise = Math.max(5, Math.min(top - LABEL - 3, (right - left) * 0.75)) * 1.33;
  const [start, end, crest] = [left, right, top - rise].map((place) => place.toFixed(1));
  return `M${start} ${top}C${start} ${crest} ${end} ${crest} ${end} ${top}`;
}

/**
 * Draw one path for all arcs of one kind: they survive every zoom, and 600 of them cost no more than one.
 *
 * @param {Sheet} sheet
 * @param {Block[]} blocks
 */
export function drawArcs({ body, scale, top, colour, background }, blocks) {
  const paths = { identity: "", padded: "", projection: "" };
  for (const block of blocks) {
    const kind = block.run.shortcut;
    if (kind !== "none") paths[kind] += arcPath(scale, top, block, 0.5);
  }
  const stroke = { fill: "none", stroke: colour, "stroke-linecap": "round" };
  const thin = Math.max(0.6, Math.min(1.6, scale.unit / 4));
  if (paths.identity) body.append(node("path", { ...stroke, d: paths.identity, "stroke-width": thin, "data-kind": "identity" }));
  if (paths.padded) body.append(node("path", { ...stroke, d: paths.padded, "stroke-width": thin + 0.6, "stroke-dasharray": "4 3", "data-kind": "padded" }));
  if (paths.projection) {
    const line = { ...stroke, d: paths.projection, "data-kind": "projection" };
    body.append(node("path", { ...line, "stroke-width": thin + 2.4 }));
    body.append(node("path", { ...line, "stroke-width": Math.max(0.8, thin), stroke: background }));
  }
}

/** Arcs that are each as wide as their share of the gradient. */
export class WideArcs {
  /**
   * @param {Sheet} sheet
   * @param {Block[]} blocks
   */
  constructor(sheet, blocks) {
    this.arcs = blocks.map((block) => (block.run.shortcut === "none" ? null : wideArc(sheet, block)));
  }

  /**
   * Bring an arc to a share from 0 to 1 of its greatest width.
   *
   * @param {number} index
   * @param {number} share
   */
  widen(index, share) {
    const arc = this.arcs[index];
    if (!arc) return;
    arc.outer.setAttribute("stroke-width", (share ? Math.max(0.4, arc.widest * share) : 0).toFixed(2));
    arc.inner?.setAttribute("stroke-width", (arc.widest * share * 0.4).toFixed(2));
  }
}

/**
 * @param {Sheet} sheet
 * @param {Block} block
 */
function wideArc({ body, scale, top, colour, background }, block) {
  const kind = block.run.shortcut;
  const widest = Math.max(1.5, Math.min(10, (scale.unit * block.run.layers) / 3.2));
  const line = { fill: "none", d: arcPath(scale, top, block, widest / 2), "data-kind": kind };
  const outer = node("path", { ...line, stroke: colour, "stroke-dasharray": kind === "padded" ? "4 2" : "" });
  const inner = kind === "projection" ? node("path", { ...line, stroke: background }) : null;
  body.append(outer, ...(inner ? [inner] : []));
  return { outer, inner, widest };
}
