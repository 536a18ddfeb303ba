// The diagram: every network a lane, every weighted layer a cell at its place on the depth axis, every shortcut an arc.

import { openBlock } from "./block.js";
import { colourOf, spread } from "./quantities.js";
import { formatNumber, makeScale } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const LABEL = 14; // height of the line with the stages' names
const CELL = 18;
const NARROW = 14; // a block narrower than this is folded into its run
const KINDS = {
  identity: "identity shortcut",
  padded: "padded shortcut (option A)",
  projection: "projected shortcut",
  none: "no shortcut",
};

function node(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text != null) element.textContent = text;
  return element;
}

/** Every block of a drawing, unfolded. */
function blocksOf(drawing) {
  return drawing.runs.flatMap((run, at) => Array.from({ length: run.count }, (_, offset) => ({
    run, at,
    name: `stage${run.stage}.block${run.index + offset}`,
    label: `stage ${run.stage}, block ${run.index + offset}`,
    from: run.first + offset * run.layers,
    to: run.first + (offset + 1) * run.layers - 1,
    field: run.field + offset * run.field_step,
  })));
}

/** A block's arc as a path, `inset` pixels inside its edges. */
function arc(scale, top, block, inset) {
  const [left, right] = [scale.x(block.from - 0.5) + inset, scale.x(block.to + 0.5) - inset];
  const rise = Math.max(5, Math.min(top - LABEL - 3, (right - left) * 0.75)) * 1.33;
  return `M${left.toFixed(1)} ${top}C${left.toFixed(1)} ${(top - rise).toFixed(1)} ${right.toFixed(1)} ${(top - rise).toFixed(1)} ${right.toFixed(1)} ${top}`;
}

class Lane {
  constructor(lane, index, owner) {
    Object.assign(this, lane, { index, owner, blocks: blocksOf(lane.drawing), cells: [], focused: 0 });
    this.svg = node("svg", { class: "rx-lane", role: "group", "aria-label": `Network ${lane.letter}, ${lane.title}, ${lane.drawing.depth} weighted layers` });
    this.values = null; // of the quantity on show, one a weighted layer
    this.shares = null; // of the gradient over the shortcut, one a block: arcs and cells then have widths
  }

  get height() {
    return this.svg.clientHeight || 76;
  }

  draw() {
    const { shared } = this.owner;
    const width = this.svg.clientWidth;
    if (!width) return;
    const margins = shared.get("margins");
    const scale = makeScale(shared.get("viewport"), width, margins);
    const clip = `rx-clip-${this.owner.id}-${this.index}`;
    const top = this.height - CELL - 5;
    const body = node("g", { "clip-path": `url(#${clip})` });
    const defs = node("defs", {});
    const window_ = node("clipPath", { id: clip });
    window_.append(node("rect", { x: margins.left - 1, y: 0, width: Math.max(1, width - margins.left - margins.right + 2), height: this.height }));
    defs.append(window_);
    this.drawStages(body, scale);
    this.drawArcs(body, scale, top);
    this.drawCells(body, scale, top);
    this.drawOutlines(body, scale, top);
    const letter = node("text", { x: 8, y: top + CELL - 4, "font-size": 18, "font-weight": 700, fill: this.colour }, this.letter);
    const hadFocus = this.svg.contains(document.activeElement);
    this.svg.replaceChildren(defs, letter, body);
    this.paint();
    if (hadFocus) this.hits[this.focused]?.focus({ preventScroll: true });
  }

  drawStages(body, scale) {
    const seen = new Set();
    for (const run of this.drawing.runs) {
      if (seen.has(run.stage)) continue;
      seen.add(run.stage);
      const x = scale.x(run.first - 0.5);
      const room = scale.unit * this.drawing.runs.filter((one) => one.stage === run.stage).reduce((sum, one) => sum + one.count * one.layers, 0);
      body.append(node("line", { x1: x, x2: x, y1: 2, y2: this.height - 3, stroke: "currentColor", "stroke-opacity": 0.25, "stroke-dasharray": "2 3" }));
      const long = `stage ${run.stage}: ${run.output.join("×")}`;
      const text = room > 6.2 * long.length ? long : room > 46 ? `stage ${run.stage}` : "";
      body.append(node("text", { x: x + 4, y: 11, "font-size": 11, fill: "currentColor", "fill-opacity": 0.8 }, text));
    }
  }

  /** One path for all arcs of one kind: they survive every zoom, and 600 of them cost no more than one. */
  drawArcs(body, scale, top) {
    const paths = { identity: "", padded: "", projection: "" };
    this.arcs = [];
    for (const block of this.blocks) {
      const kind = block.run.shortcut;
      if (kind === "none") continue;
      if (this.shares) {
        this.drawWideArc(body, scale, top, block);
        continue;
      }
      paths[kind] += arc(scale, top, block, 0.5);
    }
    const stroke = { fill: "none", stroke: this.colour, "stroke-linecap": "round" };
    const thin = Math.max(0.6, Math.min(1.6, scale.unit / 4));
    if (paths.identity) body.append(node("path", { ...stroke, d: paths.identity, "stroke-width": thin, "data-kind": "identity" }));
    if (paths.padded) body.append(node("path", { ...stroke, d: paths.padded, "stroke-width": thin + 0.6, "stroke-dasharray": "4 3", "data-kind": "padded" }));
    if (paths.projection) {
      body.append(node("path", { ...stroke, d: paths.projection, "stroke-width": thin + 2.4, "data-kind": "projection" }));
      body.append(node("path", { ...stroke, d: paths.projection, "stroke-width": Math.max(0.8, thin), stroke: this.owner.background, "data-kind": "projection" }));
    }
  }

  /** In this view every arc is as wide as its share of the gradient; how wide is told by `paintWidths`. */
  drawWideArc(body, scale, top, block) {
    const kind = block.run.shortcut;
    const widest = Math.max(1.5, Math.min(10, (scale.unit * block.run.layers) / 3.2));
    const line = { fill: "none", d: arc(scale, top, block, widest / 2), "data-kind": kind };
    const outer = node("path", { ...line, stroke: this.colour, "stroke-dasharray": kind === "padded" ? "4 2" : "" });
    const inner = kind === "projection" ? node("path", { ...line, stroke: this.owner.background }) : null;
    body.append(outer, ...(inner ? [inner] : []));
    this.arcs[this.blocks.indexOf(block)] = { outer, inner, widest };
  }

  /** Arcs and cells share the gradient: what is not over the shortcut is through the branch. */
  paintWidths() {
    if (!this.shares) return;
    const top = this.height - CELL - 5;
    this.blocks.forEach((block, index) => {
      const share = Number.isFinite(this.shares[index]) ? this.shares[index] : 0;
      const { outer, inner, widest } = this.arcs[index] ?? {};
      outer?.setAttribute("stroke-width", (share ? Math.max(0.4, widest * share) : 0).toFixed(2));
      inner?.setAttribute("stroke-width", (widest * share * 0.4).toFixed(2));
      const high = Math.max(1.5, CELL * (1 - share));
      for (let layer = block.from; layer <= block.to; layer += 1) {
        this.cells[layer - 1].setAttribute("y", (top + (CELL - high) / 2).toFixed(2));
        this.cells[layer - 1].setAttribute("height", high.toFixed(2));
      }
    });
  }

  drawCells(body, scale, top) {
    const gap = scale.unit > 5 ? 1 : 0;
    const group = node("g", { "shape-rendering": gap ? "auto" : "crispEdges" });
    this.cells = Array.from({ length: this.drawing.depth }, (_, index) => {
      const cell = node("rect", { x: (scale.x(index + 0.5) + gap / 2).toFixed(2), y: top, width: Math.max(0.5, scale.unit - gap).toFixed(2), height: CELL, rx: gap ? 1.5 : 0 });
      group.append(cell);
      return cell;
    });
    body.append(group);
    this.filled = [];
  }

  drawOutlines(body, scale, top) {
    const first = this.blocks[0];
    const narrow = first && scale.unit * first.run.layers < NARROW;
    if (narrow) this.drawFolds(body, scale, top);
    this.hits = this.blocks.map((block, index) => {
      const hit = node("rect", {
        x: scale.x(block.from - 0.5).toFixed(2), y: LABEL, width: (scale.unit * block.run.layers).toFixed(2), height: this.height - LABEL - 2,
        rx: 2, fill: "transparent", class: "rx-block", role: "button", tabindex: index === this.focused ? 0 : -1, "aria-label": this.describe(block),
      });
      if (!narrow) body.append(node("rect", { x: scale.x(block.from - 0.5) + 0.5, y: top - 1, width: scale.unit * block.run.layers - 1, height: CELL + 2, rx: 3, fill: "none", stroke: this.colour, "stroke-width": 1 }));
      hit.addEventListener("click", () => this.owner.choose(this, index, true));
      hit.addEventListener("pointerenter", (event) => this.owner.tip(event, this, block));
      hit.addEventListener("pointerleave", () => this.owner.tip(null));
      hit.addEventListener("keydown", (event) => this.owner.key(event, this, index));
      body.append(hit);
      return hit;
    });
    this.markSelection(body, scale, top);
  }

  /** A run of equal blocks as one node, its ×N unfolds it by zooming there. */
  drawFolds(body, scale, top) {
    for (const run of this.drawing.runs) {
      const from = scale.x(run.first - 0.5);
      const size = scale.unit * run.count * run.layers;
      body.append(node("rect", { x: from + 0.5, y: top - 1, width: Math.max(1, size - 1), height: CELL + 2, rx: 3, fill: "none", stroke: this.colour, "stroke-width": 1.2 }));
      if (size < 30 || run.count < 2) continue;
      const text = `×${run.count}`;
      const badge = node("g", { class: "rx-fold", "data-fold": run.stage });
      const wide = 9 + 7 * text.length;
      badge.append(node("title", {}, `${run.count} equal blocks: zoom in to unfold them`));
      badge.append(node("rect", { x: from + size / 2 - wide / 2, y: LABEL + 1, width: wide, height: 15, rx: 7, fill: this.owner.background, stroke: this.colour }));
      badge.append(node("text", { x: from + size / 2, y: LABEL + 12.5, "font-size": 11, "text-anchor": "middle", fill: "currentColor" }, text));
      badge.addEventListener("click", (event) => {
        event.stopPropagation();
        this.owner.zoomTo(run.first - 1, run.first + Math.min(run.count * run.layers, Math.floor(scale.unit * 60)) );
      });
      this.folds = [...(this.folds ?? []), badge];
      queueMicrotask(() => body.append(badge)); // above the blocks, so that it can be clicked
    }
  }

  markSelection(body, scale, top) {
    const chosen = this.owner.shared.get("selection");
    const block = chosen && this.blocks.find((one) => one.name === chosen.block);
    if (!block) return;
    const own = chosen.lane === this.index;
    body.append(node("rect", {
      x: scale.x(block.from - 0.5) - 1.5, y: top - 3, width: Math.max(4, scale.unit * block.run.layers + 3), height: CELL + 6, rx: 4,
      fill: "none", stroke: "currentColor", "stroke-width": own ? 2.5 : 1.2, "pointer-events": "none",
    }));
  }

  describe(block) {
    const kind = block.run.layers === 2 ? "basic block" : "bottleneck block";
    return `Network ${this.letter}, ${block.label}, ${kind}, ${KINDS[block.run.shortcut]}, ${formatNumber(block.run.parameters)} parameters`;
  }

  /** Show a quantity's values, a layer's or a block's each; with `shares` of the gradient as widths too. */
  colourBy(values, quantity, range, shares) {
    const widths = Boolean(shares) !== Boolean(this.shares);
    Object.assign(this, { values: spread(values, this.drawing.depth), quantity, range, shares });
    if (widths) this.draw();
    else this.paint();
  }

  /** What a block's layers say of the quantity on show, in words; a value a block is said once. */
  told(block) {
    const values = Array.from(this.values?.slice(block.from - 1, block.to) ?? []);
    const said = this.quantity?.per === "block" ? values.slice(0, 1) : values;
    return said.some(Number.isFinite) ? `${this.quantity.name} ${said.map(formatNumber).join(", ")}` : "";
  }

  paint() {
    const { values, quantity, range } = this;
    const hollow = new Set(this.blocks.filter((block) => this.owner.removed.has(block.name)).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from - 1 + at)));
    this.cells.forEach((cell, index) => {
      const colour = quantity && values ? colourOf(values[index], quantity, range) : null;
      const fill = hollow.has(index) ? "none" : colour ?? "rgba(128,128,128,0.35)";
      if (this.filled[index] === fill) return;
      this.filled[index] = fill;
      cell.setAttribute("fill", fill);
      cell.setAttribute("stroke", fill === "none" ? this.colour : "none");
      if (fill === "none") cell.setAttribute("stroke-dasharray", "2 2");
    });
    this.paintWidths();
  }
}

let made = 0;

class Diagram {
  constructor(element, { shared, lanes, onToggle, hint }) {
    this.element = element;
    this.onToggle = onToggle; // a click then tells the block's name, and opens no card
    this.hint = hint;
    this.removed = new Set();
    this.shared = shared;
    this.id = made += 1;
    this.box = document.createElement("div");
    this.box.className = "rx-lanes";
    this.tooltip = Object.assign(document.createElement("div"), { className: "rx-tip", hidden: true });
    this.legend = Object.assign(document.createElement("div"), { className: "rx-legend" });
    this.card = Object.assign(document.createElement("div"), { className: "rx-block-card", hidden: true });
    element.append(this.box, this.legend, this.tooltip, this.card);
    this.release = ["viewport", "selection"].map((name) => shared.on(name, () => this.redraw()));
    this.size = new ResizeObserver(() => this.redraw());
    this.size.observe(this.box);
    this.bindZoom();
    this.setLanes(lanes);
  }

  setLanes(lanes) {
    this.lanes = lanes.map((lane, index) => new Lane(lane, index, this));
    this.depth = Math.max(...lanes.map((lane) => lane.drawing.depth));
    this.box.replaceChildren(...this.lanes.map((lane) => lane.svg));
    this.close();
    this.shared.set("selection", null);
    this.shared.set("viewport", { from: 1, to: this.depth });
    this.drawLegend();
  }

  drawLegend(wide = false) {
    this.wide = wide;
    const kinds = new Set(this.lanes.flatMap((lane) => lane.drawing.runs.map((run) => run.shortcut)));
    const line = (dash, width, second) => `<svg width="26" height="10" aria-hidden="true"><path d="M2 9C2 -1 24 -1 24 9" fill="none" stroke="currentColor" stroke-width="${width}" stroke-dasharray="${dash}"/>${second}</svg>`;
    const items = {
      identity: `${line("", 1.4, "")} identity`,
      padded: `${line("4 3", 2, "")} padded`,
      projection: `${line("", 4, `<path d="M2 9C2 -1 24 -1 24 9" fill="none" stroke="${this.background}" stroke-width="1.4"/>`)} projection`,
      none: "no arc: no shortcut",
    };
    this.legend.innerHTML = `<span>Shortcuts:</span>${Object.entries(items).filter(([kind]) => kinds.has(kind)).map(([, html]) => `<span>${html}</span>`).join("")}<span>${this.hint ? this.hint : wide ? "Widths share the gradient: arc shortcut, cells branch." : "A cell is a weighted layer; click a block to open it."}</span>`;
  }

  /** Draw the branches of these blocks, by name, as dropped: hollow. */
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

  colour(index, values, quantity, range, shares) {
    this.lanes[index]?.colourBy(values, quantity, range, shares);
    if (index === 0 && Boolean(shares) !== this.wide) this.drawLegend(Boolean(shares));
  }

  choose(lane, index, open) {
    const block = lane.blocks[index];
    lane.focused = index;
    if (this.onToggle) {
      if (open) this.onToggle(block.name);
      return;
    }
    this.shared.set("selection", { lane: lane.index, block: block.name, from: block.from, to: block.to, opened: open });
    if (open) this.open(lane, block);
  }

  /** Mark a block by its name, in the first network that has it. */
  mark(name) {
    const lane = this.lanes.find((one) => one.blocks.some((block) => block.name === name));
    const block = lane?.blocks.find((one) => one.name === name);
    this.shared.set("selection", block ? { lane: lane.index, block: name, from: block.from, to: block.to, opened: false } : null);
  }

  /** Select a block by its name, in the first network that has it, without opening it; an unknown name is passed over. */
  select(name) {
    for (const lane of this.lanes) {
      const index = lane.blocks.findIndex((block) => block.name === name);
      if (index >= 0) return this.choose(lane, index, false);
    }
    return undefined;
  }

  open(lane, block) {
    openBlock(this.card, { lane, block, told: lane.told(block), close: () => this.close(true) });
    const top = lane.svg.offsetTop + lane.svg.offsetHeight + 4;
    this.card.style.top = `${top}px`;
    const x = makeScale(this.shared.get("viewport"), this.box.clientWidth, this.shared.get("margins")).x((block.from + block.to) / 2);
    this.card.hidden = false;
    this.card.style.left = `${Math.max(0, Math.min(this.box.clientWidth - this.card.offsetWidth, x - this.card.offsetWidth / 2))}px`;
    this.opened = lane;
  }

  close(refocus) {
    if (!this.card) return;
    this.card.hidden = true;
    if (refocus) this.opened?.hits?.[this.opened.focused]?.focus({ preventScroll: true });
  }

  tip(event, lane, block) {
    this.tooltip.hidden = !event;
    if (!event) return;
    const { run } = block;
    const told = lane.told(block);
    const lines = [
      `${lane.letter}: ${block.label}`,
      `${run.input.join("×")} → ${run.output.join("×")}`,
      `${formatNumber(run.parameters)} parameters (${run.parameters.toLocaleString("en")})`,
      `${formatNumber(run.macs)} multiply-adds (${run.macs.toLocaleString("en")})`,
      `Receptive field ${block.field} px, ${KINDS[run.shortcut]}`,
    ];
    if (told) lines.push(told);
    this.tooltip.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
    const box = this.element.getBoundingClientRect();
    const x = event.clientX - box.left + 12;
    this.tooltip.style.left = `${Math.min(x, box.width - this.tooltip.offsetWidth - 4)}px`;
    this.tooltip.style.top = `${lane.svg.offsetTop + lane.svg.offsetHeight + 2}px`;
  }

  key(event, lane, index) {
    const go = (other, at) => {
      event.preventDefault();
      const target = Math.max(0, Math.min(other.blocks.length - 1, at));
      lane.hits[index].setAttribute("tabindex", -1);
      other.focused = target;
      this.choose(other, target, false);
      requestAnimationFrame(() => requestAnimationFrame(() => other.hits[target]?.focus({ preventScroll: true })));
    };
    const neighbour = (by) => this.lanes[lane.index + by];
    if (event.key === "ArrowRight") go(lane, index + 1);
    else if (event.key === "ArrowLeft") go(lane, index - 1);
    else if (event.key === "ArrowDown" && neighbour(1)) go(neighbour(1), index);
    else if (event.key === "ArrowUp" && neighbour(-1)) go(neighbour(-1), index);
    else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(lane, index, true);
      this.card.querySelector("button")?.focus({ preventScroll: true });
    } else if (event.key === "Escape") this.close(true);
    else if (event.key === "+") this.zoom(0.7, (lane.blocks[index].from + lane.blocks[index].to) / 2);
    else if (event.key === "-") this.zoom(1.4, (lane.blocks[index].from + lane.blocks[index].to) / 2);
    else if (event.key === "0") this.zoomTo(1, this.depth);
    else return;
    event.stopPropagation();
  }

  zoomTo(from, to) {
    const size = Math.min(this.depth, Math.max(4, to - from + 1));
    const start = Math.max(1, Math.min(this.depth - size + 1, from));
    this.close();
    this.shared.set("viewport", { from: start, to: start + size - 1 });
  }

  zoom(factor, centre) {
    const { from, to } = this.shared.get("viewport");
    this.zoomTo(centre - (centre - from) * factor, centre + (to - centre) * factor);
  }

  bindZoom() {
    const { box } = this;
    const scale = () => makeScale(this.shared.get("viewport"), box.clientWidth, this.shared.get("margins"));
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // a plain wheel scrolls the page
      event.preventDefault();
      this.zoom(Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY / 300))), scale().layer(event.clientX - box.getBoundingClientRect().left));
    }, { passive: false });
    box.addEventListener("dblclick", () => this.zoomTo(1, this.depth));
    box.addEventListener("pointerdown", (down) => {
      const start = this.shared.get("viewport");
      if (start.to - start.from + 1 >= this.depth) return;
      const { unit } = scale();
      const move = (event) => {
        const by = (down.clientX - event.clientX) / unit;
        if (Math.abs(down.clientX - event.clientX) > 3) this.zoomTo(start.from + by, start.to + by);
      };
      const up = () => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
    });
  }

  /** All lanes as one self-contained picture, arcs and colours included. */
  exportSVG() {
    const width = this.box.clientWidth;
    const style = getComputedStyle(this.element);
    const heights = this.lanes.map((lane) => lane.height);
    const total = heights.reduce((sum, height) => sum + height + 6, 0);
    const page = node("svg", { xmlns: SVG, width, height: total, viewBox: `0 0 ${width} ${total}`, "font-family": "sans-serif", color: style.color });
    page.append(node("rect", { width, height: total, fill: this.background }));
    let y = 0;
    this.lanes.forEach((lane, index) => {
      const copy = lane.svg.cloneNode(true);
      copy.querySelectorAll(".rx-block").forEach((hit) => hit.remove());
      for (const name of ["class", "role", "aria-label"]) copy.removeAttribute(name);
      for (const [key, value] of Object.entries({ x: 0, y, width, height: heights[index] })) copy.setAttribute(key, value);
      page.append(copy);
      y += heights[index] + 6;
    });
    return new XMLSerializer().serializeToString(page);
  }

  async exportPNG(factor) {
    const url = URL.createObjectURL(new Blob([this.exportSVG()], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * factor;
    canvas.height = image.height * factor;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  }

  destroy() {
    this.release.forEach((release) => release());
    this.size.disconnect();
    for (const part of [this.box, this.legend, this.tooltip, this.card]) part.remove();
  }
}

/** Mount a diagram of networks `lanes` = [{letter, colour, ink, title, drawing}] on the shared depth axis. */
export function mountDiagram(element, options) {
  return new Diagram(element, options);
}
