// What Python hands these modules and what the live route tells, as types: read by the checker alone, never by a browser.

import type { Message, State } from "./names.js";

/** What streamlit calls a component with. */
export interface Mounted<Data> {
  parentElement: HTMLElement;
  data: Data;
  setTriggerValue: (name: Message, value: unknown) => void;
}

/** One layer, as `explorer.ui.components.drawing` tells it. */
export interface Layer {
  kind: "conv" | "norm" | "relu" | "scale" | "sum" | "max-pool" | "pool" | "linear";
  kernel: number;
  stride: number;
  output: number[];
  parameters: number;
  macs: number;
}

export type Shortcut = "none" | "identity" | "padded" | "projection";

/** Equal blocks in a row: see `explorer.ui.components.drawing.drawing`. */
export interface Run {
  stage: number;
  index: number;
  count: number;
  first: number;
  layers: number;
  shortcut: Shortcut;
  parameters: number;
  macs: number;
  input: number[];
  output: number[];
  field: number;
  field_step: number;
  entry: Layer[];
  branch: Layer[];
  projection: Layer[];
  exit: Layer[];
}

export interface Drawing {
  depth: number;
  order: "post" | "pre";
  scale: number;
  stem: Layer[];
  runs: Run[];
  head: Layer[];
}

export interface Facts {
  parameters: number;
  macs: number;
  weighted_layers: number;
  shortcuts_text: string;
  receptive_field: number;
}

/** A network as a diagram takes it. */
export interface Network {
  letter: string;
  colour: string;
  /** Its colour where it is text. */
  ink: string;
  title: string;
  drawing: Drawing;
}

/** A network, and the run that is shown of it: see `explorer.ui.race.lane`. */
export interface Lane extends Network {
  facts: Facts;
  run: string | null;
}

/** See `explorer.ui.race.race_data`. */
export interface RaceData {
  title: string;
  lanes: Lane[];
  steps: number;
  dataset: string;
  recorded_on: string;
  problem: string;
  invitation: string;
  lecture: boolean;
}

/** See `explorer.ui.components.blocks`. */
export interface BlocksData {
  lanes: Network[];
  removed: string[];
  hint: string;
  chosen?: string;
}

/** See `explorer.ui.components.drag`. */
export interface Handle {
  name: string;
  x: number;
  y: number;
  step: number;
  reach: [number, number];
  panel: number;
  across: boolean;
}

export interface DragData {
  chart: string;
  handles: Handle[];
}

/** Step, then loss and error on training and on test pictures; null where not finite. */
export type Evaluation = [number, number | null, number | null, number | null, number | null];

/** What precedes the rows of a frame: see `Frame` in explorer/ui/live.py. */
export interface Header {
  run: string;
  race: string;
  lane: number;
  state: State | "loading";
  reason: string;
  place: number | null;
  command: string;
  delay: number;
  message: string;
  recorded: boolean;
  device_name: string;
  precision: string;
  steps: number;
  rewinds: number;
  layers: number;
  blocks: number;
  evaluations: Evaluation[];
  since: number;
  cursor: number;
  step: number;
  rows: number;
  rewind?: number;
  rate?: number;
  seconds_left?: number;
}

/** What the live route says besides frames: whose runs are watched, or why a command was refused. */
export interface Note {
  mine?: Record<string, boolean>;
  refused?: string;
}

/** The part of Plotly that is used here. */
export interface Plotly {
  react: (element: HTMLElement, traces: object[], layout: object, config: object) => Promise<unknown>;
  purge: (element: HTMLElement) => void;
}

/** An axis of a figure that Plotly drew. */
export interface Axis {
  _offset: number;
  l2p: (place: number) => number;
  p2l: (pixel: number) => number;
}

/** A figure that Plotly drew. */
export interface Plot extends HTMLElement {
  _fullLayout?: Record<string, Axis>;
  on: (event: string, listener: () => void) => void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}
