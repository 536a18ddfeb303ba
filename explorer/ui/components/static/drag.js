// Handles on a Plotly figure: what is dragged tells its new place, the page computes and draws anew.

const PAUSE = 120; // milliseconds between two places that are told while dragging
const mounted = new WeakMap();

/** Called by the component's stub on every new piece of data. */
export function render({ parentElement, data, setTriggerValue }) {
  const one = mounted.get(parentElement) ?? { buttons: new Map(), held: null };
  mounted.set(parentElement, one);
  one.data = data;
  one.tell = setTriggerValue;
  attach(one);
}

export function destroy(parentElement) {
  const one = mounted.get(parentElement);
  if (!one) return;
  one.gone = true;
  one.observer?.disconnect();
  one.buttons.forEach((button) => button.remove());
  mounted.delete(parentElement);
}

/** Find the figure, which streamlit may draw later than this, and follow its redraws. */
function attach(one) {
  if (one.gone) return;
  const plot = document.querySelector(`.st-key-${one.data.chart} .js-plotly-plot`);
  if (!plot?._fullLayout?.xaxis) return void setTimeout(() => attach(one), 100);
  if (plot !== one.plot) {
    one.plot = plot;
    plot.style.position = "relative";
    plot.on("plotly_afterplot", () => place(one));
    one.observer?.disconnect();
    one.observer = new ResizeObserver(() => place(one));
    one.observer.observe(plot);
    one.buttons.forEach((button) => plot.append(button));
  }
  for (const handle of one.data.handles) if (!one.buttons.has(handle.name)) create(one, handle.name);
  place(one);
}

function create(one, name) {
  const button = Object.assign(document.createElement("button"), { className: "rx-handle", type: "button" });
  button.setAttribute("aria-label", `Move ${name}: drag it, or use the arrow keys`);
  button.title = `Drag ${name}, or use the arrow keys`;
  button.dataset.handle = name;
  button.addEventListener("pointerdown", (event) => hold(one, name, event));
  button.addEventListener("keydown", (event) => nudge(one, name, event));
  one.buttons.set(name, button);
  one.plot.append(button);
}

const known = (one, name) => one.data.handles.find((handle) => handle.name === name);

function axes(one, handle) {
  const suffix = handle.panel === 1 ? "" : handle.panel;
  return [one.plot._fullLayout[`xaxis${suffix}`], one.plot._fullLayout[`yaxis${suffix}`]];
}

function place(one) {
  for (const handle of one.data.handles) {
    const button = one.buttons.get(handle.name);
    const [x, y] = axes(one, handle);
    if (!button || !x || one.held === handle.name) continue;
    button.style.left = `${x._offset + x.l2p(handle.x)}px`;
    button.style.top = `${y._offset + y.l2p(handle.y)}px`;
  }
}

function hold(one, name, event) {
  const button = one.buttons.get(name);
  const handle = known(one, name);
  const [x, y] = axes(one, handle);
  let told = 0;
  let last = "";
  one.held = name;
  button.setPointerCapture(event.pointerId);
  button.classList.add("rx-held");
  const move = (at, final) => {
    const box = one.plot.getBoundingClientRect();
    const to = fitted(handle, x.p2l(at.clientX - box.left - x._offset), y.p2l(at.clientY - box.top - y._offset));
    button.style.left = `${x._offset + x.l2p(to.x)}px`;
    if (!handle.across) button.style.top = `${y._offset + y.l2p(to.y)}px`;
    const now = performance.now();
    const said = JSON.stringify(to);
    if (said === last || (now - told < PAUSE && !final)) return;
    told = now;
    last = said;
    one.tell("moved", to);
  };
  const drag = (at) => move(at, false);
  const drop = (at) => {
    move(at, true);
    one.held = null;
    button.classList.remove("rx-held");
    button.removeEventListener("pointermove", drag);
  };
  button.addEventListener("pointermove", drag);
  button.addEventListener("pointerup", drop, { once: true });
}

function nudge(one, name, event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  const handle = known(one, name);
  const to = fitted(handle, handle.x + way[0] * handle.step, handle.y + way[1] * handle.step);
  Object.assign(handle, to);
  one.tell("moved", to);
}

/** Within its reach, and on its grid. */
function fitted(handle, x, y) {
  const fit = (value) => {
    const within = Math.min(handle.reach[1], Math.max(handle.reach[0], value));
    return Number((Math.round(within / handle.step) * handle.step).toFixed(6));
  };
  return { name: handle.name, x: fit(x), y: handle.across ? handle.y : fit(y) };
}
