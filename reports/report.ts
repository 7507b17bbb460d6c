/** Everything that a report tells, made once from the results; pages and files are renderings of it. */

import type { Merged } from "../harness/run/merge-results.ts";
import { Grid } from "./cells.ts";
import { type Change, compare } from "./changes.ts";
import type { History } from "./history.ts";
import type { LogPlace } from "./logs.ts";
import type { Measured } from "./merge.ts";
import { findProblems, type Problem } from "./problems.ts";
import type { UnreadLine } from "./read.ts";

export interface Report {
  readonly results: Merged;
  readonly history: History;
  readonly grid: Grid;
  readonly problems: readonly Problem[];
  readonly unread: readonly UnreadLine[];
  /** Since older results; null if there is nothing to compare with. */
  readonly changes: readonly Change[] | null;
  readonly logs: LogPlace;
}

/** @param old older results to compare with */
export function makeReport(now: Measured, old: Measured | null = null, logs: LogPlace = "inside"): Report {
  const grid = new Grid(now.results);
  return {
    results: now.results,
    history: now.history,
    grid,
    problems: findProblems(grid, now.results),
    unread: [...now.unread, ...(old?.unread ?? [])],
    changes: old && compare(old.results, now.results),
    logs,
  };
}
