// Race, pause, step, slow motion, stop, and the keys that do the same.

import { formatNumber } from "./scale.js";

const GOING = new Set(["queued", "training", "paused"]);
const KEYS = [
  ["Space", "Race, pause or go on"],
  ["→", "One step"],
  ["S", "Slow motion"],
  ["1 to 9", "Presets"],
  ["Q", "Next quantity along the depth"],
  ["L", "Lecture: larger type, no builder"],
  ["?", "This list"],
  ["Ctrl and wheel", "Zoom the depth axis; drag pans, double click shows all"],
];

const ICONS = {
  race: "M3 2l10 6-10 6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  step: "M2 2l7 6-7 6zM11 2h3v12h-3z",
  slow: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6zM7.3 4h1.5v4l2.8 1.7-.8 1.2L7.3 8.8z",
  stop: "M3 3h10v10H3z",
};

function button(name, label, title) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `rx-button rx-${name}`;
  element.title = title;
  const path = ICONS[name] ?? "";
  element.innerHTML = path ? `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>` : "";
  const text = document.createElement("span");
  text.textContent = label;
  element.append(text);
  return element;
}

function rename(element, name, label) {
  const path = element.querySelector("path");
  if (path.getAttribute("d") !== ICONS[name]) path.setAttribute("d", ICONS[name]);
  const text = element.querySelector("span");
  if (text.textContent !== label) text.textContent = label;
}

/** Build the row of buttons and the line of state; `show(stage)` brings both up to date. */
export function buildControls(element, stage) {
  const parts = {
    race: button("race", "Race", "Train these networks in step, on the same batches (space)"),
    pause: button("pause", "Pause", "Pause or go on (space)"),
    step: button("step", "Step", "One step, then wait (right arrow)"),
    slow: button("slow", "Slow", "Four steps a second, to watch (S)"),
    stop: button("stop", "Stop", "End the race and keep what it recorded"),
  };
  const progress = Object.assign(document.createElement("span"), { className: "rx-progress" });
  const state = Object.assign(document.createElement("span"), { className: "rx-state" });
  state.setAttribute("role", "status");
  const extras = Object.assign(document.createElement("span"), { className: "rx-extras" });
  const link = button("link", "Copy link", "Whoever opens it sees what you see");
  const picture = button("picture", "SVG", "Save the diagram as SVG");
  const bitmap = button("picture", "PNG", "Save the diagram as PNG");
  const lecture = button("lecture", "Lecture", "Larger type, no builder (L)");
  const help = button("help", "Keys", "The list of keys (?)");
  extras.append(picture, bitmap, link, lecture, help);
  element.append(parts.race, parts.pause, parts.step, parts.slow, parts.stop, progress, state, extras);

  parts.race.onclick = () => startOrResume(stage);
  parts.pause.onclick = () => stage.command(stage.states.has("paused") ? "resume" : "pause");
  parts.step.onclick = () => stage.command("step");
  parts.slow.onclick = () => stage.command(slowed(stage) ? "fast" : "slow");
  parts.stop.onclick = () => stage.command("stop");
  link.onclick = () => copyLink(link);
  picture.onclick = () => save(new Blob([stage.diagram.exportSVG()], { type: "image/svg+xml" }), "networks.svg");
  bitmap.onclick = async () => save(await stage.diagram.exportPNG(2), "networks.png");
  lecture.onclick = () => stage.tell("lecture", !stage.data.lecture);
  help.onclick = () => toggleKeys(stage);
  return { show: (now) => show(parts, progress, state, lecture, now) };
}

function slowed(stage) {
  return stage.lanes.some(({ record }) => record.header.delay > 0);
}

function show(parts, progress, state, lecture, stage) {
  if (!stage.data) return;
  const { states } = stage;
  const going = [...states].some((one) => GOING.has(one));
  const mine = stage.lanes.some(({ run }) => stage.mine[run]);
  const unfinished = states.has("interrupted") || states.has("stopped");
  parts.race.disabled = Boolean(stage.data.problem) || (going && mine);
  rename(parts.race, "race", !going && mine && unfinished ? "Go on" : "Race");
  rename(parts.pause, states.has("paused") ? "race" : "pause", states.has("paused") ? "Resume" : "Pause");
  for (const name of ["pause", "step", "slow", "stop"]) parts[name].disabled = !(going && mine) || stage.root.classList.contains("rx-offline");
  parts.slow.setAttribute("aria-pressed", String(slowed(stage)));
  lecture.setAttribute("aria-pressed", String(Boolean(stage.data.lecture)));
  progress.textContent = progressText(stage, going);
  const [kind, text] = stateText(stage, states, mine);
  state.dataset.kind = kind;
  state.textContent = text;
  stage.find(".rx-meta").textContent = deviceText(stage);
}

function progressText(stage, going) {
  const headers = stage.lanes.filter(({ run }) => run).map(({ record }) => record.header);
  if (!headers.length) return `${stage.data.steps} steps`;
  const step = Math.max(...headers.map((header) => header.step || 0));
  const said = [`step ${step}/${stage.steps}`];
  const moving = headers.filter((header) => header.rate > 0);
  const rate = 1 / moving.reduce((sum, header) => sum + 1 / header.rate, 0); // the networks take turns
  if (going && moving.length) said.push(`${formatNumber(rate)} steps/s`);
  const left = moving.reduce((sum, header) => sum + header.seconds_left, 0);
  if (going && moving.length) said.push(`${left < 10 ? left.toFixed(1) : Math.round(left)} s left`);
  return said.join(" · ");
}

function stateText(stage, states, mine) {
  if (stage.data.problem) return ["problem", stage.data.problem];
  if (stage.root.classList.contains("rx-offline") && states.size) return ["wait", "Connection lost, trying again."];
  if (!states.size) return ["none", "Not trained yet."];
  const headers = stage.lanes.filter(({ run }) => run).map(({ record }) => record.header);
  const told = [...new Set(headers.map((header) => header.reason).filter(Boolean))].join(" ");
  if (headers.some((header) => header.recorded)) return ["recorded", `Recorded${stage.data.recorded_on ? ` ${stage.data.recorded_on}` : ""}`];
  if (states.has("loading")) return ["wait", "Loading."];
  if (states.has("queued")) {
    const place = Math.max(...headers.map((header) => header.place || 0));
    return ["wait", place > 1 ? `Waiting, place ${place} in the queue.` : "Starting."];
  }
  if (states.has("training")) return ["live", mine ? "Live" : "Live, started by someone else"];
  if (states.has("paused")) return ["wait", "Paused"];
  if (told) return ["problem", told];
  return ["done", [...states].map((one) => one[0].toUpperCase() + one.slice(1)).join(", ")];
}

function deviceText(stage) {
  const header = stage.lanes.map(({ record }) => record.header).find((one) => one.device_name);
  return [stage.data.dataset, header?.device_name, header?.precision].filter(Boolean).join(" · ");
}

function startOrResume(stage) {
  const { states } = stage;
  const mine = stage.lanes.some(({ run }) => stage.mine[run]);
  const unfinished = states.has("interrupted") || states.has("stopped");
  stage.tell(mine && unfinished ? "resume" : "race", Date.now());
}

async function copyLink(element) {
  const text = element.querySelector("span");
  const label = "Copy link";
  try {
    await navigator.clipboard.writeText(window.location.href);
    text.textContent = "Copied";
  } catch {
    text.textContent = "Copy the address";
  }
  setTimeout(() => { text.textContent = label; }, 1500);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function toggleKeys(stage) {
  const list = stage.find(".rx-keys");
  if (!list.firstChild) {
    list.innerHTML = `<dl>${KEYS.map(([key, what]) => `<dt>${key}</dt><dd>${what}</dd>`).join("")}</dl>`;
  }
  list.hidden = !list.hidden;
}

const USES_KEYS = "input, textarea, select, button, a, svg, [contenteditable='true'], [role='button'], [role='slider'], [role='combobox'], [role='dialog']";

/** Keys work only while nothing that uses keys itself has the focus. */
export function bindKeys(stage) {
  const listen = (event) => {
    const free = !document.activeElement?.closest(USES_KEYS);
    if (!free || event.ctrlKey || event.metaKey || event.altKey || !stage.data) return;
    const going = [...stage.states].some((one) => GOING.has(one));
    if (event.key === " ") {
      event.preventDefault();
      if (!going) stage.find(".rx-race").click();
      else stage.find(".rx-pause").click();
    } else if (event.key === "ArrowRight") stage.find(".rx-step").click();
    else if (event.key === "s") stage.find(".rx-slow").click();
    else if (event.key === "q") stage.showQuantity();
    else if (event.key === "l") stage.find(".rx-lecture").click();
    else if (event.key === "?") toggleKeys(stage);
    else if (event.key === "Escape") stage.find(".rx-keys").hidden = true;
    else if (/^[1-9]$/.test(event.key)) stage.tell("preset", Number(event.key));
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}
