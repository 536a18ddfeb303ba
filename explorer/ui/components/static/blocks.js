// Diagrams that tell which block was clicked: a lesion takes it away, the attribution studio looks at it.

import { mountDiagram } from "./diagram.js";
import { createShared } from "./shared.js";

const mounted = new WeakMap();

/** Called by the component's stub on every new piece of data. */
export function render({ parentElement, data, setTriggerValue }) {
  let one = mounted.get(parentElement);
  const drawn = JSON.stringify(data.lanes);
  if (!one) {
    const root = Object.assign(document.createElement("div"), { className: "rx-dissect" });
    parentElement.append(root);
    one = { root, tell: setTriggerValue };
    one.diagram = mountDiagram(root, { shared: createShared(), lanes: data.lanes, hint: data.hint, onToggle: (name) => one.tell("toggle", name) });
    mounted.set(parentElement, one);
  } else if (drawn !== one.drawn) one.diagram.setLanes(data.lanes);
  one.tell = setTriggerValue;
  one.drawn = drawn;
  one.diagram.setRemoved(data.removed);
  one.diagram.mark(data.chosen);
}

export function destroy(parentElement) {
  const one = mounted.get(parentElement);
  if (!one) return;
  one.diagram.destroy();
  one.root.remove();
  mounted.delete(parentElement);
}
