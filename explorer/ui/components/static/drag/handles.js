// The handles of one figure, which follow its redraws.

import { KEYED } from "../names.js";
import { Axes } from "./axes.js";
import { fitted, nudged } from "./place.js";

/** @import { DragData, Plot } from "../data.js" */
/** @import { Place } from "./place.js" */

const PAUSE = 120; // milliseconds between two places that are told while dragging

/** A button a handle, over the figure. */
export class Handles {
  /** @type {Map<string, HTMLButtonElement>} */
  buttons = new Map();
  /** @type {DragData} */
  data = { chart: "", handles: [] };
  /** @type {(place: Place) => void} */
  tell = () => {};
  /** @type {string | null} the handle that is being dragged */
  held = null;
  /** @type {Plot | undefined} */
  plot;
  size = new ResizeObserver(() => this.place());
  gone = false;

  /**
   * @param {DragData} data
   * @param {(place: Place) => void} tell
   */
  update(data, tell) {
    this.data = data;
    this.tell = tell;
    this.attach();
  }

  /** Find the figure, which streamlit may draw later than this, and follow its redraws. */
  attach() {
    if (this.gone) return;
    /** @type {Plot | null} */
    const plot = document.querySelector(`.${KEYED}${this.data.chart} .js-plotly-plot`);
    if (!plot?._fullLayout?.xaxis) return void setTimeout(() => this.attach(), 100);
    if (plot !== this.plot) this.follow(plot);
    for (const { name } of this.data.handles) if (!this.buttons.has(name)) this.create(name, plot);
    this.place();
  }

  /** @param {Plot} plot */
  follow(plot) {
    this.plot = plot;
    plot.style.position = "relative";
    plot.on("plotly_afterplot", () => this.place());
    this.size.disconnect();
    this.size.observe(plot);
    this.buttons.forEach((button) => plot.append(button));
  }

  /**
   * @param {string} name
   * @param {Plot} plot
   */
  create(name, plot) {
    const title = `Drag ${name}, or use the arrow keys`;
    const button = Object.assign(document.createElement("button"), { className: "rx-handle", type: "button", title });
    button.setAttribute("aria-label", `Move ${name}: drag it, or use the arrow keys`);
    button.dataset.handle = name;
    button.addEventListener("pointerdown", (event) => this.hold(name, button, event));
    button.addEventListener("keydown", (event) => this.nudge(name, event));
    this.buttons.set(name, button);
    plot.append(button);
  }

  /** @param {string} name */
  known(name) {
    return this.data.handles.find((handle) => handle.name === name);
  }

  place() {
    for (const handle of this.data.handles) {
      const button = this.buttons.get(handle.name);
      const axes = this.plot && Axes.of(this.plot, handle.panel);
      if (button && axes && this.held !== handle.name) axes.put(button, handle, false);
    }
  }

  /**
   * @param {string} name
   * @param {HTMLButtonElement} button
   * @param {PointerEvent} event
   */
  hold(name, button, event) {
    const [handle, { plot }] = [this.known(name), this];
    const axes = plot && handle && Axes.of(plot, handle.panel);
    if (!axes) return;
    let told = 0;
    let last = "";
    this.held = name;
    button.setPointerCapture(event.pointerId);
    button.classList.add("rx-held");
    /** @type {(at: PointerEvent, final: boolean) => void} */
    const move = (at, final) => {
      const to = fitted(handle, ...axes.at(plot, at));
      axes.put(button, to, handle.across);
      const [now, said] = [performance.now(), JSON.stringify(to)];
      if (said === last || (now - told < PAUSE && !final)) return;
      told = now;
      last = said;
      this.tell(to);
    };
    /** @type {(at: PointerEvent) => void} */
    const drag = (at) => move(at, false);
    /** @type {(at: PointerEvent) => void} */
    const drop = (at) => {
      move(at, true);
      this.held = null;
      button.classList.remove("rx-held");
      button.removeEventListener("pointermove", drag);
    };
    button.addEventListener("pointermove", drag);
    button.addEventListener("pointerup", drop, { once: true });
  }

  /**
   * @param {string} name
   * @param {KeyboardEvent} event
   */
  nudge(name, event) {
    const handle = this.known(name);
    const to = handle && nudged(handle, event.key);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    Object.assign(handle, to);
    this.tell(to);
  }

  destroy() {
    this.gone = true;
    this.size.disconnect();
    this.buttons.forEach((button) => button.remove());
  }
}
