// The race: networks that differ in one thing, on one depth axis, and the curves that separate them.
// One instance a mount; Python's reruns only hand it new data.

import { Race } from "./race/race.js";

/** @import { Mounted, RaceData } from "./data.js" */

/** @type {WeakMap<HTMLElement, Race>} */
const mounted = new WeakMap();

/**
 * Called by the component's stub on every new piece of data and on every change of theme.
 *
 * @param {Mounted<RaceData>} component
 */
export function render(component) {
  const { parentElement } = component;
  const race = mounted.get(parentElement) ?? new Race(parentElement);
  mounted.set(parentElement, race);
  race.update(component);
}

/**
 * Called by the component's stub when it goes.
 *
 * @param {HTMLElement} parentElement
 */
export function destroy(parentElement) {
  mounted.get(parentElement)?.destroy();
  mounted.delete(parentElement);
}
