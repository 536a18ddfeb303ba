// The part of the depth axis in view: Ctrl and wheel zoom it, dragging pans, a double click shows all.

import { makeScale } from "../axis.js";

/** @import { Shared } from "../shared.js" */

const FEWEST = 4; // layers in view

/** The zoom of one diagram. */
export class Zoom {
  depth = 1;

  /**
   * @param {HTMLElement} box what is turned and dragged on
   * @param {Shared} shared
   * @param {() => void} onZoom called before the viewport changes
   */
  constructor(box, shared, onZoom) {
    this.box = box;
    this.shared = shared;
    this.onZoom = onZoom;
    box.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    box.addEventListener("dblclick", () => this.all());
    box.addEventListener("pointerdown", (event) => this.drag(event));
  }

  get scale() {
    return makeScale(this.shared.get("viewport"), this.box.clientWidth, this.shared.get("margins"));
  }

  /**
   * Show these layers, or the nearest that there are.
   *
   * @param {number} from
   * @param {number} to
   */
  to(from, to) {
    this.onZoom();
    this.shared.set("viewport", fitted(from, to, this.depth));
  }

  all() {
    this.to(1, this.depth);
  }

  /**
   * Show `factor` times as many layers about one of them.
   *
   * @param {number} factor
   * @param {number} centre
   */
  by(factor, centre) {
    const { from, to } = this.shared.get("viewport");
    this.to(centre - (centre - from) * factor, centre + (to - centre) * factor);
  }

  /** @param {WheelEvent} event */
  turn(event) {
    if (!event.ctrlKey && !event.metaKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    const centre = this.scale.layer(event.clientX - this.box.getBoundingClientRect().left);
    this.by(Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY / 300))), centre);
  }

  /** @param {PointerEvent} down */
  drag(down) {
    const start = this.shared.get("viewport");
    if (start.to - start.from + 1 >= this.depth) return;
    const { unit } = this.scale;
    /** @param {PointerEvent} event */
    const move = (event) => {
      const by = (down.clientX - event.clientX) / unit;
      if (Math.abs(down.clientX - event.clientX) > 3) this.to(start.from + by, start.to + by);
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
  }
}

/**
 * The viewport of a network of some depth that is nearest to these layers.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} depth
 */
export function fitted(from, to, depth) {
  const size = Math.min(depth, Math.max(FEWEST, to - from + 1));
  const start = Math.max(1, Math.min(depth - size + 1, from));
  return { from: start, to: start + size - 1 };
}
