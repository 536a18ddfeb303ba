// What one run has recorded so far, rebuilt from the frames of the live route.

const FIXED = 5; // step, loss, accuracy, learning rate, seconds: before what is told along the depth

/** @import { Evaluation, Header } from "../data.js" */
/** @import { Quantity } from "./quantities.js" */

/**
 * Split a frame into its header and its rows.
 *
 * @param {ArrayBuffer} buffer
 * @returns {{header: Header, values: Float32Array}}
 */
export function decodeFrame(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, values: new Float32Array(buffer, 4 + length) };
}

/** The growing record of one run. What is told along the depth is kept row by row; every other quantity is a column. */
export class RunRecord {
  /** @type {Partial<Header> & Pick<Header, "state" | "cursor" | "step" | "steps">} */
  header = { state: "loading", cursor: 0, step: 0, steps: 0 };
  /** @type {number[]} */
  steps = [];
  /** @type {number[]} */
  loss = [];
  /** @type {number[]} */
  error = [];
  /** @type {Float32Array[]} */
  rows = [];
  layers = 0;
  blocks = 0;
  /** @type {Evaluation[]} */
  evaluations = [];
  /** @type {Map<string, {low: number, high: number, seen: number}>} */
  extremes = new Map();
  topLoss = 0;
  seenLoss = 0; // rows that topLoss has looked at

  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }

  /**
   * Take a frame in; returns whether rows were dropped, so that a chart must be drawn anew.
   *
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    this.header = header;
    const rewound = header.rewind != null && this.rewindTo(header.rewind);
    if (header.layers) [this.layers, this.blocks] = [header.layers, header.blocks];
    const width = FIXED + (header.blocks ? 3 * header.layers + 5 * header.blocks : header.layers);
    for (let row = 0; row < header.rows; row += 1) {
      this.add(values.subarray(row * width, (row + 1) * width));
    }
    if (header.evaluations?.length) this.evaluate(header.evaluations);
    return rewound;
  }

  /** @param {Float32Array} row */
  add(row) {
    if (this.steps.length && row[0] <= this.steps[this.steps.length - 1]) return; // already here
    this.steps.push(row[0]);
    this.loss.push(row[1]);
    this.error.push(1 - row[2]);
    this.rows.push(row.slice(FIXED));
  }

  /** @param {Evaluation[]} evaluations */
  evaluate(evaluations) {
    const known = new Map(this.evaluations.map((one) => [one[0], one]));
    for (const one of evaluations) known.set(one[0], one);
    this.evaluations = [...known.values()].sort((one, other) => one[0] - other[0]);
  }

  /** @param {number} step */
  rewindTo(step) {
    const kept = this.steps.findIndex((value) => value > step);
    if (kept < 0) return false;
    for (const column of [this.steps, this.loss, this.error, this.rows]) column.length = kept;
    this.evaluations = this.evaluations.filter((one) => one[0] <= step);
    for (const one of this.extremes.values()) one.seen = Math.min(one.seen, kept);
    this.seenLoss = Math.min(this.seenLoss, Math.max(0, kept - 4));
    return true;
  }

  get lastStep() {
    return this.steps.length ? this.steps[this.steps.length - 1] : 0;
  }

  /**
   * Index of the last row at or before a step; -1 if there is none.
   *
   * @param {number} step
   */
  rowAt(step) {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * A quantity of one row: a value a layer or a value a block; empty where it was not recorded.
   *
   * @param {Quantity} quantity
   * @param {number} row
   */
  values(quantity, row) {
    const told = this.rows[row];
    return told ? quantity.read(told, this.layers, this.blocks) : new Float32Array();
  }

  /**
   * A quantity at a step.
   *
   * @param {Quantity} quantity
   * @param {number} step
   */
  valuesAt(quantity, step) {
    return this.values(quantity, this.rowAt(step));
  }

  /**
   * Least and greatest finite, positive value of a quantity so far, log10.
   *
   * @param {Quantity} quantity
   */
  bounds(quantity) {
    const one = this.extremes.get(quantity.id) ?? { low: Infinity, high: -Infinity, seen: 0 };
    this.extremes.set(quantity.id, one);
    for (; one.seen < this.rows.length; one.seen += 1) {
      for (const value of this.values(quantity, one.seen)) {
        if (!(value > 0) || !Number.isFinite(value)) continue;
        const magnitude = Math.log10(value);
        if (magnitude < one.low) one.low = magnitude;
        if (magnitude > one.high) one.high = magnitude;
      }
    }
    return one;
  }

  /** The greatest loss that lasted: the median of five steps in a row, so that one spike does not shrink the rest. */
  get highLoss() {
    for (; this.seenLoss + 5 <= this.loss.length; this.seenLoss += 1) {
      const middle = this.loss.slice(this.seenLoss, this.seenLoss + 5).sort((one, other) => one - other)[2];
      if (middle > this.topLoss) this.topLoss = middle;
    }
    return this.topLoss;
  }

  /** Mean training loss of the last ten logged steps, or null. */
  get settledLoss() {
    const tail = this.loss.slice(-10).filter(Number.isFinite);
    return tail.length ? tail.reduce((sum, value) => sum + value, 0) / tail.length : null;
  }
}
