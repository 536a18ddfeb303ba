// What diagram, charts and heat maps agree on: the part of the depth axis in view, the selected block, the margins.

/** A small observable: `set` tells everyone who listens with `on`. */
export function createShared() {
  const values = new Map([["viewport", { from: 1, to: 56 }], ["selection", null], ["margins", { left: 46, right: 10 }]]);
  const listeners = new Map();
  return {
    get: (name) => values.get(name),
    set(name, value) {
      values.set(name, value);
      for (const listener of listeners.get(name) ?? []) listener(value);
    },
    on(name, listener) {
      if (!listeners.has(name)) listeners.set(name, new Set());
      listeners.get(name).add(listener);
      return () => listeners.get(name).delete(listener);
    },
  };
}
