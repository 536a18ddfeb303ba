// The heat maps, one a network.

import { HeatMap } from "./heatmap.js";
import { find } from "./page.js";

/** @import { Lane } from "../data.js" */
/** @import { Scene } from "./scene.js" */

/** A row a network: its letter and its map. */
export class Maps {
  /** @type {HeatMap[]} */
  maps = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.element = find(root, ".rx-maps");
  }

  /** @param {Pick<Lane, "letter" | "ink">[]} lanes */
  setLanes(lanes) {
    this.element.replaceChildren(...lanes.map(({ letter, ink }) => Object.assign(document.createElement("div"), {
      className: "rx-map",
      innerHTML: `<b style="color:${ink}">${letter}</b><canvas role="img" aria-label="The quantity on show, of every layer of network ${letter}, at every logged step"></canvas>`,
    })));
    this.maps = [...this.element.querySelectorAll("canvas")].map((canvas) => new HeatMap(canvas));
  }

  /** Forget what was painted. */
  reset() {
    this.maps.forEach((map) => map.reset());
  }

  /** @param {Scene} scene */
  show(scene) {
    this.maps.forEach((map, index) => map.show(scene.lanes[index].record, scene));
  }
}
