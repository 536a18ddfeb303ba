// A quantity of every layer at every logged step, as a picture: one column a layer, one row a step, or a few steps.

import { colourTable } from "../colours.js";
import { entryOf, spread } from "../record/quantities.js";

/** @import { Quantity, Range } from "../record/quantities.js" */
/** @import { RunRecord } from "../record/record.js" */
/** @import { Scene } from "./scene.js" */

const MAX_ROWS = 1024; // more rows than a screen has pixels would not be seen

/** The picture of one run; only rows that are new are painted. */
export class Strip {
  picture = document.createElement("canvas");
  painted = 0;
  key = "";

  /** Forget what was painted; the next `show` paints everything. */
  reset() {
    this.painted = 0;
    this.picture.width = this.picture.width; // clears it
  }

  /**
   * Paint what is new.
   *
   * @param {RunRecord} record
   * @param {Pick<Scene, "quantity" | "range" | "steps">} scene
   */
  show(record, { quantity, range, steps }) {
    const { layers } = record;
    const key = `${quantity.id} ${range.low} ${range.high} ${layers} ${steps} ${record.id}`;
    if (key !== this.key || this.painted > record.rows.length) {
      this.key = key;
      this.picture.width = Math.max(1, layers);
      this.picture.height = Math.max(1, Math.min(MAX_ROWS, steps));
      this.painted = 0;
    }
    for (; this.painted < record.rows.length; this.painted += 1) {
      this.paint(record, this.painted, lineOf(spread(record.values(quantity, this.painted), layers), layers, quantity, range), steps);
    }
  }

  /**
   * A logged step fills the rows from the one logged before it to its own.
   *
   * @param {RunRecord} record
   * @param {number} row
   * @param {ImageData} line
   * @param {number} steps
   */
  paint(record, row, line, steps) {
    const perStep = this.picture.height / Math.max(1, steps);
    const top = Math.floor((row ? record.steps[row - 1] : 0) * perStep);
    const height = Math.max(1, Math.floor(record.steps[row] * perStep) - top);
    for (let y = top; y < top + height; y += 1) this.picture.getContext("2d")?.putImageData(line, 0, y);
  }
}

/**
 * Values as a line of pixels; clear where there is nothing to show.
 *
 * @param {Float32Array} values one a layer, or none
 * @param {number} layers
 * @param {Quantity} quantity
 * @param {Range} range
 */
function lineOf(values, layers, quantity, range) {
  const image = new ImageData(layers, 1);
  const colours = colourTable(quantity.scale === "signed");
  values.forEach((value, layer) => {
    const entry = entryOf(value, quantity, range);
    if (entry == null) return;
    image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * layer);
    image.data[4 * layer + 3] = 255;
  });
  return image;
}
