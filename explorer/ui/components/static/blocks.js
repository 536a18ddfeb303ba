// Diagrams that tell which block was clicked: a lesion takes it away, the attribution studio looks at it.

import { Diagram } from "./diagram/diagram.js";
import { MESSAGES } from "./names.js";
import { Shared } from "./shared.js";

/** @import { BlocksData, Mounted } from "./data.js" */
/** @typedef {{root: HTMLElement, diagram: Diagram, drawn: string, tell: (block: string) => void}} Drawn */

/** @type {WeakMap<HTMLElement, Drawn>} */
const mounted = new WeakMap();

/**
 * Called by the component's stub on every new piece of data.
 *
 * @param {Mounted<BlocksData>} component
 */
export function render({ parentElement, data, setTriggerValue }) {
  const drawn = JSON.stringify(data.lanes);
  const one = mounted.get(parentElement) ?? mount(parentElement, data);
  if (one.drawn && drawn !== one.drawn) one.diagram.setLanes(data.lanes);
  one.drawn = drawn;
  one.tell = (block) => setTriggerValue(MESSAGES.toggle, block);
  one.diagram.setRemoved(data.removed);
  one.diagram.mark(data.chosen);
}

/**
 * @param {HTMLElement} parentElement
 * @param {BlocksData} data
 */
function mount(parentElement, { lanes, hint }) {
  const root = Object.assign(document.createElement("div"), { className: "rx-dissect" });
  parentElement.append(root);
  /** @type {Drawn} */
  const one = {
    root,
    diagram: new Diagram(root, { shared: new Shared(), lanes, hint, onToggle: (block) => one.tell(block) }),
    drawn: "",
    tell: () => {},
  };
  mounted.set(parentElement, one);
  return one;
}

/**
 * Called by the component's stub when it goes.
 *
 * @param {HTMLElement} parentElement
 */
export function destroy(parentElement) {
  const one = mounted.get(parentElement);
  if (!one) return;
  one.diagram.destroy();
  one.root.remove();
  mounted.delete(parentElement);
}
