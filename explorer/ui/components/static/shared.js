// What diagram, charts and heat maps agree on: the part of the depth axis in view, the selected block, the margins.

/** @import { Margins, Viewport } from "./axis.js" */

/**
 * The selected block: the lane it was chosen in, its name, its layers, and whether its card was opened.
 *
 * @typedef {{lane: number, block: string, from: number, to: number, opened: boolean}} Selection
 */

/** @typedef {{viewport: Viewport, selection: Selection | null, margins: Margins}} Values */

/**
 * @template {keyof Values} Name
 * @typedef {Set<(value: Values[Name]) => void>} Listeners
 */

/** A small observable: `set` tells everyone who listens with `on`. */
export class Shared {
  /** @type {Values} */
  values = { viewport: { from: 1, to: 56 }, selection: null, margins: { left: 46, right: 10 } };

  /** @type {{[Name in keyof Values]: Listeners<Name>}} */
  listeners = { viewport: new Set(), selection: new Set(), margins: new Set() };

  /**
   * @template {keyof Values} Name
   * @param {Name} name
   * @returns {Values[Name]}
   */
  get(name) {
    return this.values[name];
  }

  /**
   * @template {keyof Values} Name
   * @param {Name} name
   * @param {Values[Name]} value
   */
  set(name, value) {
    this.values[name] = value;
    this.listeners[name].forEach((listener) => listener(value));
  }

  /**
   * Listen; returns how to stop.
   *
   * @template {keyof Values} Name
   * @param {Name} name
   * @param {(value: Values[Name]) => void} listener
   */
  on(name, listener) {
    this.listeners[name].add(listener);
    return () => this.listeners[name].delete(listener);
  }
}
