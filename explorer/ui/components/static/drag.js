// Handles on a Plotly figure: what is dragged tells its new place, the page computes and draws anew.

import { Handles } from "./drag/handles.js";
import { MESSAGES } from "./names.js";

/** @import { DragData, Mounted } from "./data.js" */

/** @type {WeakMap<HTMLElement, Handles>} */
const mounted = new WeakMap();

/**
 * Called by the component's stub on every new piece of data.
 *
 * @param {Mounted<DragData>} component
 */
export function render({ parentElement, data, setTriggerValue }) {
  const handles = mounted.get(parentElement) ?? new Handles();
  mounted.set(parentElement, handles);
  handles.update(data, (place) => setTriggerValue(MESSAGES.moved, place));
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
