// Layer × step as one picture: a canvas, for Plotly's heat map grows the browser when redrawn often.

import { entryOf, spread } from "./quantities.js";
import { colourTable, makeScale } from "./scale.js";

const MAX_ROWS = 1024; // more rows than a screen has pixels would not be seen

export class HeatMap {
  constructor(canvas) {
    this.canvas = canvas;
    this.picture = document.createElement("canvas"); // one column a layer, one row a step (or a few steps)
    this.painted = 0;
  }

  /** Forget what was painted; the next `show` paints everything. */
  reset() {
    this.painted = 0;
    this.picture.width = this.picture.width; // clears it
  }

  /** Paint the rows that are new, then show the viewport's part. `range` is shared by all networks. */
  show(record, quantity, range, viewport, margins, steps, cursor, theme, selected) {
    const { layers } = record;
    const key = `${quantity.id} ${range.low} ${range.high} ${layers} ${steps} ${record.id}`;
    if (key !== this.key || this.painted > record.rows.length) {
      this.key = key;
      this.picture.width = Math.max(1, layers);
      this.picture.height = Math.max(1, Math.min(MAX_ROWS, steps));
      this.painted = 0;
    }
    for (; this.painted < record.rows.length; this.painted += 1) this.paint(record, quantity, this.painted, range, layers, steps);
    this.place(layers, viewport, margins, steps, cursor, theme, selected);
  }

  /** A logged step fills the rows from the one logged before it to its own. */
  paint(record, quantity, row, range, layers, steps) {
    const perStep = this.picture.height / Math.max(1, steps);
    const top = Math.floor((row ? record.steps[row - 1] : 0) * perStep);
    const height = Math.max(1, Math.floor(record.steps[row] * perStep) - top);
    const line = this.line(spread(record.values(quantity, row), layers), quantity, range, layers);
    for (let y = top; y < top + height; y += 1) this.picture.getContext("2d").putImageData(line, 0, y);
  }

  line(values, quantity, range, layers) {
    const image = new ImageData(layers, 1);
    const colours = colourTable(quantity.scale === "signed");
    for (let layer = 0; layer < layers; layer += 1) {
      const entry = entryOf(values[layer], quantity, range);
      if (entry == null) continue; // left clear: nothing to show
      image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * layer);
      image.data[4 * layer + 3] = 255;
    }
    return image;
  }

  place(layers, viewport, margins, steps, cursor, theme, selected) {
    const { canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const paper = canvas.getContext("2d");
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.clearRect(0, 0, width, height);
    paper.imageSmoothingEnabled = false;
    const scale = makeScale(viewport, width, margins);
    const left = margins.left;
    const right = width - margins.right;
    paper.fillStyle = theme.panel;
    paper.fillRect(left, 0, right - left, height);
    if (this.painted) this.stretch(paper, scale, layers, height, left, right);
    if (selected) outline(paper, theme, Math.max(left, scale.x(selected.from - 0.5)), Math.min(right, scale.x(selected.to + 0.5)), height);
    this.label(paper, theme, steps, height, left, right, cursor);
  }

  stretch(paper, scale, layers, height, left, right) {
    const from = scale.x(0.5);
    paper.save();
    paper.beginPath();
    paper.rect(left, 0, right - left, height);
    paper.clip();
    paper.drawImage(this.picture, from, 0, scale.x(layers + 0.5) - from, height);
    paper.restore();
  }

  label(paper, theme, steps, height, left, right, cursor) {
    paper.fillStyle = theme.text;
    paper.font = `${theme.size - 1}px ${theme.font}`;
    paper.textAlign = "right";
    paper.textBaseline = "top";
    paper.fillText("0", left - 5, 0);
    paper.textBaseline = "bottom";
    paper.fillText(String(steps), left - 5, height);
    if (cursor == null || !steps) return;
    const y = Math.min(height - 0.5, (cursor / steps) * height);
    paper.strokeStyle = theme.text;
    paper.lineWidth = 1;
    paper.beginPath();
    paper.moveTo(left, y);
    paper.lineTo(right, y);
    paper.stroke();
  }
}

/** Frame the selected block's columns in ink on paper, to be seen on dark and light cells alike. */
function outline(paper, theme, from, to, height) {
  if (to <= from) return;
  for (const [colour, width] of [[theme.panel, 3], [theme.text, 1]]) {
    paper.strokeStyle = colour;
    paper.lineWidth = width;
    paper.strokeRect(from, 0.5, to - from, height - 1);
  }
}
