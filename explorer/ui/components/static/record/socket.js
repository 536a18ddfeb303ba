// One WebSocket to the live route: it comes back by itself and says where it stopped.

/** @import { Note } from "../data.js" */
/** @import { Command } from "../names.js" */
/** @typedef {{onFrame: (buffer: ArrayBuffer) => void, onNote: (note: Note) => void, onLink: (up: boolean) => void}} Handlers */

const DELAYS = [250, 500, 1000, 2000, 4000];

/**
 * Milliseconds until the next try, after so many that failed.
 *
 * @param {number} tries
 */
export function delayAfter(tries) {
  return DELAYS[Math.min(tries, DELAYS.length - 1)];
}

/**
 * The address of runs and of where to go on in each.
 *
 * @param {string} path
 * @param {string} page the page's own address
 * @param {Iterable<[string, number]>} cursors
 */
export function liveAddress(path, page, cursors) {
  const url = new URL(path, page);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [run, cursor] of cursors) {
    url.searchParams.append("run", run);
    url.searchParams.append("since", String(cursor));
  }
  return url;
}

/** The connection of one page. */
export class LiveSocket {
  /** @type {Map<string, number>} where each watched run goes on */
  cursors = new Map();
  /** @type {WebSocket | undefined} */
  socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  tries = 0;

  /**
   * @param {string} path
   * @param {Handlers} handlers
   */
  constructor(path, handlers) {
    this.path = path;
    this.handlers = handlers;
  }

  /**
   * Watch these runs and no others. Runs already watched keep their connection and their cursor.
   *
   * @param {string[]} runs
   */
  watch(runs) {
    if (runs.length === this.cursors.size && runs.every((run) => this.cursors.has(run))) return;
    this.cursors = new Map(runs.map((run) => [run, this.cursors.get(run) ?? 0]));
    this.tries = 0;
    this.connect();
  }

  /**
   * @param {string} run
   * @param {number} cursor
   */
  advance(run, cursor) {
    if (this.cursors.has(run)) this.cursors.set(run, cursor);
  }

  /** @param {{race: string | undefined, command: Command}} message */
  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  connect() {
    this.close();
    if (!this.cursors.size) return;
    const socket = new WebSocket(liveAddress(this.path, window.location.href, this.cursors));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.tries = 0;
      this.handlers.onLink(true);
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.handlers.onNote(JSON.parse(data));
      else this.handlers.onFrame(data);
    };
    socket.onclose = () => {
      if (this.socket !== socket) return; // replaced on purpose
      this.handlers.onLink(false);
      this.timer = setTimeout(() => this.connect(), delayAfter(this.tries));
      this.tries += 1;
    };
    this.socket = socket;
  }

  close() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }
}
