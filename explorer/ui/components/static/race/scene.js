// What all parts of the race's page paint from.

/** @import { Margins, Viewport } from "../axis.js" */
/** @import { Lane } from "../data.js" */
/** @import { Quantity, Range } from "../record/quantities.js" */
/** @import { RunRecord } from "../record/record.js" */
/** @import { Selection } from "../shared.js" */
/** @import { Theme } from "./theme.js" */

/**
 * A network, and what its run has recorded so far.
 *
 * @typedef {Lane & {record: RunRecord}} Shown
 */

/**
 * One moment of the race: `newest` is the last recorded step, `step` the one on show, `cursor` the same where it is to be
 * marked: the newest step has no mark.
 *
 * @typedef {object} Scene
 * @property {Shown[]} lanes
 * @property {Theme} theme
 * @property {Viewport} viewport
 * @property {Margins} margins
 * @property {Selection | null} selection
 * @property {Quantity} quantity
 * @property {Range} range
 * @property {number} steps
 * @property {number} newest
 * @property {number} step
 * @property {number | null} cursor
 */

export {};
