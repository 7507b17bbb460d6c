/** What a run looks like on a terminal while it goes on. */
import { partName } from "../run/divide.ts";
import type { PartProgress } from "./part-progress.ts";
import { table } from "./table.ts";

export interface LiveState {
  readonly running: readonly PartProgress[];
  /** Parts that have not begun, and the milliseconds that they will take together. */
  readonly waiting: { readonly parts: number; readonly ms: number };
  readonly jobs: number;
  readonly finished: number;
  readonly notPassed: number;
  readonly total: number;
}

/** A row for each guest, then one line about everything. */
export function liveLines(state: LiveState, now: number): string[] {
  const rows = state.running.map((progress) => [
    partName(progress.part),
    progress.stage || "start",
    `${progress.finished}/${progress.part.cases.length}`,
    duration(progress.remaining(now)),
  ]);
  const head = rows.length > 0 ? table(["target", "stage", "cases", "left"], rows).split("\n") : [];
  const { finished, total, notPassed, waiting } = state;
  const more = waiting.parts > 0 ? `, ${waiting.parts} more to start` : "";
  return [
    ...head,
    `${finished}/${total} cases, ${notPassed} not passed${more}; about ${duration(timeLeft(state, now))} left`,
  ];
}

/** Guests share the work, but none ends before its own part does. */
function timeLeft({ running, waiting, jobs }: LiveState, now: number): number {
  const each = running.map((progress) => progress.remaining(now));
  const all = each.reduce((sum, ms) => sum + ms, waiting.ms);
  return Math.max(all / jobs, ...each);
}

/** `8 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
