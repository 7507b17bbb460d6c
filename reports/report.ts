/** Everything that a report tells, made once from the results; pages and files are renderings of it. */

import { type Grid, makeGrid } from "./cells.ts";
import type { Change } from "./changes.ts";
import type { LogPlace } from "./logs.ts";
import type { Measured } from "./merge.ts";
import { findProblems, type Problem } from "./problems.ts";

/** A line of a results file that could not be read. */
export interface UnreadLine {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly message: string;
}

export interface Report {
  readonly results: Measured;
  readonly grid: Grid;
  readonly problems: readonly Problem[];
  readonly unread: readonly UnreadLine[];
  /** Since older results; null if there is nothing to compare with. */
  readonly changes: readonly Change[] | null;
  readonly logs: LogPlace;
}

export interface ReportOptions {
  readonly unread?: readonly UnreadLine[];
  /** Default null. */
  readonly changes?: readonly Change[] | null;
  /** Default inside. */
  readonly logs?: LogPlace;
}

export function makeReport(results: Measured, options: ReportOptions = {}): Report {
  const { unread = [], changes = null, logs = "inside" } = options;
  const grid = makeGrid(results);
  return { results, grid, problems: findProblems(grid), unread, changes, logs };
}
