// The stage: networks that differ in one thing, on one depth axis, and the curves that separate them.
// One instance a mount; Python's reruns only hand it new data.

import { bindKeys, buildControls } from "./controls.js";
import { DepthChart, ErrorChart, LossChart, depthTitle, loadPlotly, lossTitle } from "./charts.js";
import { mountDiagram } from "./diagram.js";
import { buildFacts } from "./facts.js";
import { HeatMap } from "./heatmap.js";
import { QUANTITIES, quantityOf, rangeOf } from "./quantities.js";
import { RunRecord, decodeFrame } from "./record.js";
import { tableColour } from "./scale.js";
import { createShared } from "./shared.js";
import { LiveSocket } from "./socket.js";

const PAGE = `
  <header class="rx-head"><h1 class="rx-title"></h1><div class="rx-meta"></div></header>
  <div class="rx-controls" role="toolbar" aria-label="Race"></div>
  <div class="rx-grid">
    <div class="rx-left">
      <section class="rx-card rx-loss"><h2></h2><div class="rx-plot" role="img"></div></section>
      <section class="rx-card rx-error"><h2>Error: training bold, test thin, each batch pale</h2><div class="rx-plot" role="img"></div></section>
      <section class="rx-card rx-facts"></section>
    </div>
    <div class="rx-right">
      <div class="rx-diagram"></div>
      <section class="rx-card rx-gradient">
        <h2><select class="rx-quantity" aria-label="Shown along the depth"></select> <span class="rx-finding"></span><label class="rx-sorted" hidden><input type="checkbox"> sorted</label></h2>
        <p class="rx-about"></p><div class="rx-plot" role="img"></div>
      </section>
      <div class="rx-scrub"><label><span>Step</span><input type="range" min="0" step="1"><output></output></label></div>
      <section class="rx-card rx-heat"><h2><span class="rx-heat-name"></span><span class="rx-scale"></span></h2><div class="rx-maps"></div></section>
    </div>
  </div>
  <p class="rx-empty" role="status"></p>
  <div class="rx-keys" hidden></div>`;

const stages = new WeakMap();

/** Called by the component's stub on every new piece of data and on every change of theme. */
export function render(component) {
  const { parentElement } = component;
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement);
    stages.set(parentElement, stage);
  }
  stage.update(component);
}

export function destroy(parentElement) {
  stages.get(parentElement)?.destroy();
  stages.delete(parentElement);
}

class Stage {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "rx-stage";
    this.root.innerHTML = PAGE;
    parent.append(this.root);
    this.records = new Map();
    this.mine = {};
    this.cursor = null; // null follows the newest step
    this.shared = createShared();
    this.maps = [];
    this.socket = new LiveSocket("/live", {
      onFrame: (buffer) => this.takeFrame(buffer),
      onNote: (note) => this.takeNote(note),
      onLink: (up) => this.takeLink(up),
    });
    this.controls = buildControls(this.find(".rx-controls"), this);
    this.releaseKeys = bindKeys(this);
    this.bindScrubber();
    this.place = readPlace();
    this.bindQuantity();
    this.shared.on("viewport", () => this.schedule());
    this.shared.on("selection", (chosen) => this.select(chosen));
    this.watchSize = new ResizeObserver(() => this.schedule());
    for (const element of [this.root, ...this.root.querySelectorAll(".rx-plot")]) this.watchSize.observe(element);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** New data from Python: which networks, which runs. */
  update({ data, setTriggerValue }) {
    this.tell = setTriggerValue;
    const runs = data.lanes.map((lane) => lane.run).filter(Boolean);
    const drawn = JSON.stringify(data.lanes.map(({ drawing, colour, title }) => [drawing, colour, title]));
    const staged = runs.join();
    this.data = data;
    this.readTheme();
    this.lanes = data.lanes.map((lane) => ({ ...lane, record: this.recordOf(lane) }));
    if (drawn !== this.drawn) this.draw(drawn);
    if (staged !== this.staged) this.follow(staged, runs);
    this.find(".rx-title").replaceChildren(...titleParts(data.title, data.lanes));
    this.root.classList.toggle("rx-lecture", Boolean(data.lecture));
    document.documentElement.classList.toggle("rx-lecture-page", Boolean(data.lecture));
    buildFacts(this.find(".rx-facts"), this.lanes);
    this.controls.show(this);
    this.schedule();
  }

  recordOf(lane) {
    const id = lane.run ?? `none-${lane.letter}`;
    if (!this.records.has(id)) this.records.set(id, new RunRecord(id));
    return this.records.get(id);
  }

  draw(drawn) {
    this.drawn = drawn;
    const lanes = this.lanes.map(({ letter, colour, ink, title, drawing }) => ({ letter, colour, ink, title, drawing }));
    this.root.style.setProperty("--rx-lanes", String(lanes.length));
    if (this.diagram) this.diagram.setLanes(lanes);
    else this.diagram = mountDiagram(this.find(".rx-diagram"), { shared: this.shared, lanes });
    this.diagram.select(this.place.block);
    const maps = this.find(".rx-maps");
    maps.replaceChildren(...this.lanes.map(({ letter, ink }) => {
      const row = document.createElement("div");
      row.className = "rx-map";
      row.innerHTML = `<b style="color:${ink}">${letter}</b><canvas role="img" aria-label="The quantity on show, of every layer of network ${letter}, at every logged step"></canvas>`;
      return row;
    }));
    this.maps = [...maps.querySelectorAll("canvas")].map((canvas) => new HeatMap(canvas));
  }

  follow(staged, runs) {
    if (this.staged !== undefined) writePlace(this.place = { ...this.place, at: null });
    this.staged = staged;
    this.cursor = this.place.at;
    this.plots?.loss.reset();
    for (const id of this.records.keys()) if (!this.lanes.some(({ record }) => record.id === id)) this.records.delete(id);
    this.socket.watch(runs);
  }

  /** A block was chosen: every chart shows it, and what is opened is told to Python, for the attribution page. */
  select(chosen) {
    if (chosen) {
      writePlace(this.place = { ...this.place, block: chosen.block });
      if (chosen.opened) this.tell("block", chosen.block);
    }
    this.schedule();
  }

  takeFrame(buffer) {
    const { header, values } = decodeFrame(buffer);
    const record = this.records.get(header.run);
    if (!record) return;
    if (record.take(header, values)) this.maps.forEach((map) => map.reset());
    this.socket.advance(header.run, header.cursor);
    this.controls.show(this);
    this.schedule();
  }

  takeNote(note) {
    if (note.mine) Object.assign(this.mine, note.mine);
    if (note.refused) this.say(note.refused);
    this.controls.show(this);
  }

  takeLink(up) {
    this.root.classList.toggle("rx-offline", !up);
    this.controls.show(this);
  }

  say(sentence) {
    this.find(".rx-empty").textContent = sentence ?? "";
  }

  command(word) {
    if (this.lanes.some(({ run }) => this.mine[run])) this.socket.send({ race: this.race, command: word });
  }

  get race() {
    return this.lanes.map(({ record }) => record.header.race).find(Boolean);
  }

  /** States of the staged runs, without repeats. */
  get states() {
    return new Set(this.lanes.filter(({ run }) => run).map(({ record }) => record.header.state));
  }

  get steps() {
    return Math.max(1, ...this.lanes.map(({ record }) => record.header.steps || 0), this.data.steps || 0);
  }

  get newest() {
    return Math.max(0, ...this.lanes.map(({ record }) => record.lastStep));
  }

  get shownStep() {
    return Math.min(this.cursor ?? this.newest, this.newest);
  }

  get quantity() {
    return quantityOf(this.place.quantity);
  }

  bindQuantity() {
    const select = this.find(".rx-quantity");
    select.replaceChildren(...QUANTITIES.map(({ id, name }) => new Option(name, id)));
    select.value = this.quantity.id;
    select.addEventListener("change", () => this.showQuantity(select.value));
    this.sorted = this.find(".rx-sorted input");
    this.sorted.addEventListener("change", () => this.schedule());
  }

  /** Show a quantity in chart, heat maps and diagram; without a name the next one. */
  showQuantity(id) {
    const next = QUANTITIES[(QUANTITIES.indexOf(this.quantity) + 1) % QUANTITIES.length];
    writePlace(this.place = { ...this.place, quantity: id ?? next.id });
    this.find(".rx-quantity").value = this.quantity.id;
    this.schedule();
  }

  bindScrubber() {
    const input = this.find(".rx-scrub input");
    input.addEventListener("input", () => {
      const step = Number(input.value);
      this.cursor = step >= this.newest ? null : step;
      this.schedule();
    });
    input.addEventListener("change", () => writePlace(this.place = { ...this.place, at: this.cursor }));
  }

  schedule() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      if (this.root.isConnected && this.lanes) this.paint();
    });
  }

  paint() {
    const { theme, quantity, shownStep, steps, shared } = this;
    const range = rangeOf(quantity, this.lanes.map(({ record }) => record));
    const viewport = shared.get("viewport");
    const cursor = shownStep < this.newest ? shownStep : null; // no mark on the newest step
    const begun = this.newest > 0;
    this.lanes.forEach(({ record }, index) => {
      const values = record.valuesAt(quantity, shownStep);
      this.diagram.colour(index, values, quantity, range, quantity.id === "share" && values.length ? values : null);
      this.maps[index].show(record, quantity, range, viewport, this.margins, steps, cursor, theme, shared.get("selection"));
    });
    this.paintScrubber(begun, shownStep, cursor);
    this.find(".rx-loss h2").textContent = lossTitle(this.lanes);
    this.paintWords(quantity, range, shownStep);
    this.say(begun || this.states.size ? "" : this.data.invitation);
    if (this.plots) this.paintPlots(theme, viewport, steps, quantity, range, shownStep, cursor);
    else this.loadPlots();
  }

  paintWords(quantity, range, shownStep) {
    this.find(".rx-finding").textContent = depthTitle(this.lanes, quantity, shownStep);
    this.find(".rx-sorted").hidden = !quantity.sorts;
    this.find(".rx-heat-name").textContent = `${quantity.name}, ${quantity.per} by step`;
    paintScale(this.find(".rx-scale"), quantity, range);
    if (this.told === quantity) return;
    this.told = quantity;
    this.find(".rx-about").innerHTML = quantity.about; // our own words
    this.find(".rx-gradient .rx-plot").setAttribute("aria-label", `${quantity.name} of every ${quantity.per}, first to last`);
  }

  paintPlots(theme, viewport, steps, quantity, range, shownStep, cursor) {
    const selection = this.shared.get("selection");
    this.plots.loss.show(this.lanes, theme, steps, cursor);
    this.plots.error.show(this.lanes, theme, steps, cursor);
    const sorted = Boolean(quantity.sorts) && this.sorted.checked;
    this.plots.depth.show(this.lanes, theme, viewport, this.margins, quantity, range, shownStep, selection, sorted);
    const { staged, newest } = this;
    this.plots.loss.busy.then(() => { // what is on screen now, for those who measure the page
      if (newest && !Number(this.root.dataset.step)) painted("curves");
      this.root.dataset.runs = staged;
      this.root.dataset.step = String(newest);
    });
  }

  loadPlots() {
    // The diagrams are on screen before the chart library, half a second of parsing, takes the thread.
    this.loading ??= painted("diagrams").then(loadPlotly).then((Plotly) => {
      const at = (name) => this.find(`.rx-${name} .rx-plot`);
      this.plots = { loss: new LossChart(at("loss"), Plotly), error: new ErrorChart(at("error"), Plotly), depth: new DepthChart(at("gradient"), Plotly) };
      this.describe();
      this.schedule();
    }, (error) => this.say(error.message));
  }

  describe() {
    this.find(".rx-loss .rx-plot").setAttribute("aria-label", "Training loss of every network against the step");
    this.find(".rx-error .rx-plot").setAttribute("aria-label", "Training and test error of every network against the step");
  }

  paintScrubber(begun, shownStep, cursor) {
    const input = this.find(".rx-scrub input");
    input.max = String(Math.max(1, this.newest));
    input.disabled = !begun;
    if (document.activeElement !== input || cursor == null) input.value = String(shownStep);
    this.find(".rx-scrub output").textContent = begun ? `${shownStep}${cursor == null ? " (newest)" : ""}` : "none yet";
  }

  readTheme() {
    const style = getComputedStyle(this.root);
    const value = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
    const lecture = this.data?.lecture ? 1.5 : 1;
    this.theme = {
      text: value("--st-text-color", "#1a1c24"),
      panel: value("--st-secondary-background-color", "#f0f2f6"),
      grid: "rgba(128,128,128,0.22)",
      line: "rgba(128,128,128,0.75)",
      font: value("--st-font", "sans-serif"),
      size: 11 * lecture,
      stroke: lecture,
    };
    this.margins = { left: 46 * lecture, right: 10 };
    this.shared.set("margins", this.margins);
  }

  destroy() {
    this.releaseKeys();
    this.watchSize.disconnect();
    this.socket.close();
    this.diagram?.destroy();
    Object.values(this.plots ?? {}).forEach((plot) => plot.destroy());
    document.documentElement.classList.remove("rx-lecture-page");
    this.root.remove();
  }
}

/** The title with every letter of a network in its colour. Text only: nothing in it is read as markup. */
function titleParts(title, lanes) {
  const colours = new Map(lanes.map(({ letter, ink }) => [letter, ink]));
  return title.split(/(\{[A-D]\})/).filter(Boolean).map((part) => {
    const letter = /^\{([A-D])\}$/.exec(part)?.[1];
    if (!letter) return document.createTextNode(part);
    const mark = document.createElement("b");
    mark.textContent = letter;
    mark.style.color = colours.get(letter);
    return mark;
  });
}

/** Step, block and quantity that the address names: what a page shows that Python need not know. */
function readPlace() {
  const query = new URLSearchParams(window.location.search);
  const at = Number(query.get("at"));
  return { at: Number.isInteger(at) && at > 0 ? at : null, block: query.get("selected"), quantity: query.get("along") };
}

function writePlace({ at, block, quantity }) {
  const address = new URL(window.location.href);
  for (const [name, value] of [["at", at], ["selected", block], ["along", quantity]]) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
}

/** Wait until what was drawn is on screen, and mark the moment for those who measure the page. */
function painted(name) {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(performance.mark(name))));
  });
}

function paintScale(element, quantity, range) {
  const stops = Array.from({ length: 9 }, (_, index) => tableColour(quantity.scale === "signed", Math.round((255 * index) / 8)));
  const power = (exponent) => `10<sup>${exponent < 0 ? "−" : ""}${Math.abs(exponent)}</sup>`;
  const write = { log: power, share: (value) => `${100 * value} %`, signed: (value) => String(value).replace("-", "−") }[quantity.scale];
  const html = `${write(range.low)} <i style="background:linear-gradient(90deg,${stops.join()})"></i> ${write(range.high)}`;
  if (element.dataset.html !== html) {
    element.dataset.html = html;
    element.innerHTML = html;
  }
}
