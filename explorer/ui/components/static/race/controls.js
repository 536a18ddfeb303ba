// Race, pause, step, slow motion, stop, what may be saved, and the line that says how the race stands.

import { MESSAGES } from "../names.js";
import { button, rename } from "./button.js";
import { toggleKeys } from "./keys.js";
import { find } from "./page.js";
import { copyLink, save } from "./saving.js";
import { deviceText, progressText, stateText } from "./states.js";

/** @import { RaceData } from "../data.js" */
/** @import { Race } from "./race.js" */
/** @import { Runs } from "./runs.js" */

/** The row of buttons of a race. */
export class Controls {
  /** @param {Race} race */
  constructor(race) {
    const { root, runs } = race;
    this.root = root;
    this.commands = {
      pause: button("pause", "Pause", "Pause or go on (space)", () => runs.command(runs.states.has("paused") ? "resume" : "pause")),
      step: button("step", "Step", "One step, then wait (right arrow)", () => runs.command("step")),
      slow: button("slow", "Slow", "Four steps a second, to watch (S)", () => runs.command(runs.slowed ? "fast" : "slow")),
      stop: button("stop", "Stop", "End the race and keep what it recorded", () => runs.command("stop")),
    };
    this.start = button("race", "Race", "Train these networks in step, on the same batches (space)", () => race.startOrResume());
    this.lecture = button("lecture", "Lecture", "Larger type, no builder (L)", () => race.tell(MESSAGES.lecture, !race.data?.lecture));
    this.progress = Object.assign(document.createElement("span"), { className: "rx-progress" });
    this.state = Object.assign(document.createElement("span"), { className: "rx-state" });
    this.state.setAttribute("role", "status");
    const extras = Object.assign(document.createElement("span"), { className: "rx-extras" });
    extras.append(...pictures(race), link(), this.lecture, button("help", "Keys", "The list of keys (?)", () => toggleKeys(root)));
    find(root, ".rx-controls").append(this.start, ...Object.values(this.commands), this.progress, this.state, extras);
  }

  /**
   * @param {Runs} runs
   * @param {RaceData} data
   */
  show(runs, data) {
    const { states, going, owned, unfinished, up } = runs;
    const paused = states.has("paused");
    this.start.disabled = Boolean(data.problem) || (going && owned);
    rename(this.start, "race", !going && owned && unfinished ? "Go on" : "Race");
    rename(this.commands.pause, paused ? "race" : "pause", paused ? "Resume" : "Pause");
    for (const one of Object.values(this.commands)) one.disabled = !(going && owned) || !up;
    this.commands.slow.setAttribute("aria-pressed", String(runs.slowed));
    this.lecture.setAttribute("aria-pressed", String(Boolean(data.lecture)));
    this.progress.textContent = progressText(runs, data);
    const [kind, text] = stateText(runs, data);
    this.state.dataset.kind = kind;
    this.state.textContent = text;
    find(this.root, ".rx-meta").textContent = deviceText(runs, data);
  }
}

/** @param {Race} race */
function pictures(race) {
  const vector = () => race.diagram && save(new Blob([race.diagram.exportSVG()], { type: "image/svg+xml" }), "networks.svg");
  const bitmap = async () => {
    const picture = await race.diagram?.exportPNG(2);
    if (picture) save(picture, "networks.png");
  };
  return [
    button("picture", "SVG", "Save the diagram as SVG", vector),
    button("picture", "PNG", "Save the diagram as PNG", bitmap),
  ];
}

function link() {
  const made = button("link", "Copy link", "Whoever opens it sees what you see", () => copyLink(made));
  return made;
}
