// The race's page: what Python hands over and what runs record, on one depth axis.

import { Diagram } from "../diagram/diagram.js";
import { MESSAGES } from "../names.js";
import { QUANTITIES, quantityOf, rangeOf } from "../record/quantities.js";
import { Shared } from "../shared.js";
import { Along } from "./along.js";
import { Controls } from "./controls.js";
import { showFacts } from "./facts.js";
import { lossFinding } from "./findings.js";
import { bindKeys } from "./keys.js";
import { Maps } from "./maps.js";
import { find, makePage } from "./page.js";
import { readPlace, writePlace } from "./place.js";
import { loadPlotly, painted } from "./plotly.js";
import { Plots } from "./plots.js";
import { Runs } from "./runs.js";
import { Scrubber } from "./scrubber.js";
import { themeOf } from "./theme.js";
import { titleParts } from "./title.js";

/** @import { Mounted, RaceData } from "../data.js" */
/** @import { Selection } from "../shared.js" */
/** @import { Place } from "./place.js" */
/** @import { Scene } from "./scene.js" */

/** One mounted race. */
export class Race {
  /** @type {RaceData | undefined} */
  data;
  /** @type {Mounted<RaceData>["setTriggerValue"]} */
  tell = () => {};
  /** @type {Diagram | undefined} */
  diagram;
  /** @type {Plots | undefined} */
  plots;
  /** @type {Promise<void> | undefined} */
  loading;
  /** @type {number | null} the step on show; null follows the newest */
  cursor = null;
  drawn = "";
  pending = false;
  place = readPlace();
  shared = new Shared();
  root = makePage();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    const { root } = this;
    parent.append(root);
    this.theme = themeOf(root, false);
    this.maps = new Maps(root);
    this.runs = new Runs({ onRows: (dropped) => this.takeRows(dropped), onNews: () => this.showState(), onRefused: (sentence) => this.say(sentence) });
    this.controls = new Controls(this);
    this.releaseKeys = bindKeys(this);
    this.along = new Along(root, this.place.quantity, { onChoose: (id) => this.showQuantity(id), onSort: () => this.schedule() });
    this.scrubber = new Scrubber(root, { onMove: (step) => this.goTo(step), onRest: () => this.keep({ at: this.cursor }) });
    this.shared.on("viewport", () => this.schedule());
    this.shared.on("selection", (chosen) => this.select(chosen));
    this.size = new ResizeObserver(() => this.schedule());
    for (const element of [root, ...root.querySelectorAll(".rx-plot")]) this.size.observe(element);
  }

  /**
   * New data from Python: which networks, which runs.
   *
   * @param {Mounted<RaceData>} component
   */
  update({ data, setTriggerValue }) {
    this.tell = setTriggerValue;
    this.data = data;
    this.setTheme(data);
    this.runs.setLanes(data.lanes);
    const drawn = JSON.stringify(data.lanes.map(({ drawing, colour, title }) => [drawing, colour, title]));
    if (drawn !== this.drawn) this.draw(data, drawn);
    if (this.runs.ids.join() !== this.runs.followed) this.follow();
    find(this.root, ".rx-title").replaceChildren(...titleParts(data.title, data.lanes));
    showFacts(find(this.root, ".rx-facts"), data.lanes);
    this.showState();
    this.schedule();
  }

  /** @param {RaceData} data */
  setTheme({ lecture }) {
    this.theme = themeOf(this.root, lecture);
    this.shared.set("margins", { left: 46 * this.theme.stroke, right: 10 });
    this.root.classList.toggle("rx-lecture", lecture);
    document.documentElement.classList.toggle("rx-lecture-page", lecture);
  }

  /**
   * @param {RaceData} data
   * @param {string} drawn
   */
  draw({ lanes }, drawn) {
    this.drawn = drawn;
    this.root.style.setProperty("--rx-lanes", String(lanes.length));
    if (this.diagram) this.diagram.setLanes(lanes);
    else this.diagram = new Diagram(find(this.root, ".rx-diagram"), { shared: this.shared, lanes });
    this.diagram.select(this.place.block);
    this.maps.setLanes(lanes);
  }

  follow() {
    if (this.runs.followed !== undefined) this.keep({ at: null });
    this.cursor = this.place.at;
    this.plots?.loss.reset();
    this.runs.follow();
  }

  /**
   * Keep a part of the place, in the address too.
   *
   * @param {Partial<Place>} part
   */
  keep(part) {
    this.place = { ...this.place, ...part };
    writePlace(this.place);
  }

  /**
   * A block was chosen: every chart shows it, and what is opened is told to Python, for the attribution page.
   *
   * @param {Selection | null} chosen
   */
  select(chosen) {
    if (chosen) {
      this.keep({ block: chosen.block });
      if (chosen.opened) this.tell(MESSAGES.block, chosen.block);
    }
    this.schedule();
  }

  startOrResume() {
    this.tell(this.runs.owned && this.runs.unfinished ? MESSAGES.resume : MESSAGES.race, Date.now());
  }

  /** @param {number | null} step */
  goTo(step) {
    this.cursor = step;
    this.schedule();
  }

  /**
   * Show a quantity in chart, heat maps and diagram.
   *
   * @param {string} id
   */
  showQuantity(id) {
    this.keep({ quantity: id });
    this.along.select.value = id;
    this.schedule();
  }

  showNext() {
    const now = QUANTITIES.indexOf(quantityOf(this.place.quantity));
    this.showQuantity(QUANTITIES[(now + 1) % QUANTITIES.length].id);
  }

  /** @param {boolean} dropped whether a run lost rows */
  takeRows(dropped) {
    if (dropped) this.maps.reset();
    this.showState();
    this.schedule();
  }

  showState() {
    if (this.data) this.controls.show(this.runs, this.data);
  }

  /** @param {string} sentence */
  say(sentence) {
    find(this.root, ".rx-empty").textContent = sentence;
  }

  schedule() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      if (this.root.isConnected && this.data) this.paint(this.data);
    });
  }

  /**
   * What there is to paint now.
   *
   * @param {RaceData} data
   * @returns {Scene}
   */
  scene(data) {
    const { runs, shared, theme } = this;
    const { lanes, newest } = runs;
    const quantity = quantityOf(this.place.quantity);
    const step = Math.min(this.cursor ?? newest, newest);
    const range = rangeOf(quantity, lanes.map(({ record }) => record));
    const [viewport, margins, selection] = [shared.get("viewport"), shared.get("margins"), shared.get("selection")];
    return { lanes, theme, viewport, margins, selection, quantity, range, steps: runs.steps(data.steps), newest, step, cursor: step < newest ? step : null };
  }

  /** @param {RaceData} data */
  paint(data) {
    const scene = this.scene(data);
    const { lanes, quantity, range, step, newest } = scene;
    lanes.forEach(({ record }, index) => {
      const values = record.valuesAt(quantity, step);
      this.diagram?.colour(index, values, quantity, range, quantity.id === "share" && values.length ? values : null);
    });
    this.maps.show(scene);
    this.scrubber.show(scene);
    this.along.show(scene);
    find(this.root, ".rx-loss h2").textContent = lossFinding(lanes);
    this.say(newest || this.runs.states.size ? "" : data.invitation);
    if (this.plots) this.plots.show(scene, this.along.sorted(quantity), String(this.runs.followed));
    else this.loading ??= this.loadPlots();
  }

  /** The diagrams are on screen before the chart library, half a second of parsing, takes the thread. */
  async loadPlots() {
    await painted("diagrams");
    try {
      this.plots = new Plots(this.root, await loadPlotly());
      this.schedule();
    } catch (error) {
      this.say(String(error instanceof Error ? error.message : error));
    }
  }

  destroy() {
    this.releaseKeys();
    this.size.disconnect();
    this.runs.socket.close();
    this.diagram?.destroy();
    this.plots?.destroy();
    document.documentElement.classList.remove("rx-lecture-page");
    this.root.remove();
  }
}
