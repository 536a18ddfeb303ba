// The runs on show: what they have recorded, how they stand, whose they are.

import { LIVE } from "../names.js";
import { RunRecord, decodeFrame } from "../record/record.js";
import { LiveSocket } from "../record/socket.js";

/** @import { Header, Lane, Note } from "../data.js" */
/** @import { Command } from "../names.js" */
/** @import { Shown } from "./scene.js" */

const GOING = new Set(["queued", "training", "paused"]);

/**
 * What is done with news: a run recorded more, or dropped rows; anything else changed; a command was refused.
 *
 * @typedef {{onRows: (dropped: boolean) => void, onNews: () => void, onRefused: (sentence: string) => void}} Handlers
 */

/** The runs of a race, followed by one socket. */
export class Runs {
  /** @type {Shown[]} */
  lanes = [];
  /** @type {Map<string, RunRecord>} */
  records = new Map();
  /** @type {Record<string, boolean>} whether a run is this browser's own */
  mine = {};
  /** @type {string | undefined} the ids of the runs that are followed */
  followed;
  up = true;

  /** @param {Handlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.socket = new LiveSocket(LIVE, {
      onFrame: (buffer) => this.takeFrame(buffer),
      onNote: (note) => this.takeNote(note),
      onLink: (up) => this.takeLink(up),
    });
  }

  /** @param {Lane[]} lanes */
  setLanes(lanes) {
    this.lanes = lanes.map((lane) => ({ ...lane, record: this.recordOf(lane) }));
  }

  /** @param {Lane} lane */
  recordOf({ run, letter }) {
    const id = run ?? `none-${letter}`;
    const record = this.records.get(id) ?? new RunRecord(id);
    this.records.set(id, record);
    return record;
  }

  /** The ids of the runs on show, network A first. */
  get ids() {
    return this.lanes.flatMap(({ run }) => run ?? []);
  }

  /** Follow the runs on show and forget all others. */
  follow() {
    this.followed = this.ids.join();
    for (const id of this.records.keys()) if (!this.lanes.some(({ record }) => record.id === id)) this.records.delete(id);
    this.socket.watch(this.ids);
  }

  /** @param {ArrayBuffer} buffer */
  takeFrame(buffer) {
    const { header, values } = decodeFrame(buffer);
    const record = this.records.get(header.run);
    if (!record) return;
    const dropped = record.take(header, values);
    this.socket.advance(header.run, header.cursor);
    this.handlers.onRows(dropped);
  }

  /** @param {Note} note */
  takeNote(note) {
    Object.assign(this.mine, note.mine);
    if (note.refused) this.handlers.onRefused(note.refused);
    this.handlers.onNews();
  }

  /** @param {boolean} up */
  takeLink(up) {
    this.up = up;
    this.handlers.onNews();
  }

  /**
   * Tell the runs of this browser what to do.
   *
   * @param {Command} command
   */
  command(command) {
    const race = this.lanes.map(({ record }) => record.header.race).find(Boolean);
    if (this.owned) this.socket.send({ race, command });
  }

  /** What is known of the runs on show. */
  get headers() {
    return this.lanes.filter(({ run }) => run).map(({ record }) => record.header);
  }

  /** States of the runs on show, without repeats. */
  get states() {
    return new Set(this.headers.map((header) => header.state));
  }

  /** Whether a run on show is this browser's own. */
  get owned() {
    return this.ids.some((run) => this.mine[run]);
  }

  /** Whether a run on show is not over. */
  get going() {
    return [...this.states].some((state) => GOING.has(state));
  }

  /** Whether a run on show may go on. */
  get unfinished() {
    return this.states.has("interrupted") || this.states.has("stopped");
  }

  /** Whether the runs on show are in slow motion. */
  get slowed() {
    return this.lanes.some(({ record }) => (record.header.delay ?? 0) > 0);
  }

  /** The last recorded step. */
  get newest() {
    return Math.max(0, ...this.lanes.map(({ record }) => record.lastStep));
  }

  /**
   * How many steps the race has, as told by its runs or else by the builder.
   *
   * @param {number} wanted
   */
  steps(wanted) {
    return Math.max(1, ...this.lanes.map(({ record }) => record.header.steps || 0), wanted || 0);
  }
}
