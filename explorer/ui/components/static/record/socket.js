// One WebSocket to the live route: it comes back by itself and says where it stopped.

const DELAYS = [250, 500, 1000, 2000, 4000]; // milliseconds between two tries

export class LiveSocket {
  /**
   * @param {string} path such as /live
   * @param {{onFrame: (buffer: ArrayBuffer) => void, onNote: (note: object) => void, onLink: (up: boolean) => void}} handlers
   */
  constructor(path, handlers) {
    this.path = path;
    this.handlers = handlers;
    this.cursors = new Map();
    this.tries = 0;
  }

  /** Watch these runs and no others. Runs already watched keep their connection and their cursor. */
  watch(runs) {
    if (runs.length === this.cursors.size && runs.every((run) => this.cursors.has(run))) return;
    this.cursors = new Map(runs.map((run) => [run, this.cursors.get(run) ?? 0]));
    this.tries = 0;
    this.connect();
  }

  advance(run, cursor) {
    if (this.cursors.has(run)) this.cursors.set(run, cursor);
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  connect() {
    this.close();
    if (!this.cursors.size) return;
    const url = new URL(this.path, window.location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    for (const [run, cursor] of this.cursors) {
      url.searchParams.append("run", run);
      url.searchParams.append("since", String(cursor));
    }
    const socket = new WebSocket(url);
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
      const delay = DELAYS[Math.min(this.tries, DELAYS.length - 1)];
      this.tries += 1;
      this.timer = setTimeout(() => this.connect(), delay);
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
