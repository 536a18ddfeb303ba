// Names that the page's Python and these modules share: explorer/ui/components/names.py says the same, and a test compares them.

/** Where modules and style sheets are. */
export const STATIC = "/explorer-static/";
/** The route that tells what runs record. */
export const LIVE = "/live";
/** What streamlit puts before a key to make it a class. */
export const KEYED = "st-key-";

/** What a component tells the page. */
export const MESSAGES = /** @type {const} */ ({
  race: "race",
  resume: "resume",
  preset: "preset",
  lecture: "lecture",
  block: "block",
  toggle: "toggle",
  moved: "moved",
});

/** What the owner of a race may say to it. */
export const COMMANDS = /** @type {const} */ (["pause", "resume", "step", "slow", "fast", "stop"]);

/** Where a run may stand. */
export const STATES = /** @type {const} */ (["queued", "training", "paused", "finished", "diverged", "failed", "stopped", "interrupted"]);

/** @typedef {typeof MESSAGES[keyof typeof MESSAGES]} Message */
/** @typedef {typeof COMMANDS[number]} Command */
/** @typedef {typeof STATES[number]} State */
