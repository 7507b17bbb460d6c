/** What each run said of each target, oldest first. */
import type { Segment } from "./read.ts";

export interface PastRun {
  /** Id of the run; "" where the results name none. */
  readonly run: string;
  /** ISO 8601, or "" */
  readonly started: string;
  readonly passed: number;
  readonly total: number;
}

/** By target. */
export type History = ReadonlyMap<string, readonly PastRun[]>;

/** @param segments in the order of their runs */
export function historyOf(segments: readonly Segment[]): History {
  const history = new Map<string, PastRun[]>();
  for (const [id, group] of byRun(segments)) {
    const started = group[0]!.run?.started ?? "";
    for (const [target, outcomes] of outcomesByTarget(group)) {
      const passed = outcomes.filter((outcome) => outcome === "pass").length;
      const entry = { run: id, started, passed, total: outcomes.length };
      history.getOrInsertComputed(target, () => []).push(entry);
    }
  }
  return history;
}

/** The shards of one run are one entry. */
function byRun(segments: readonly Segment[]): Map<string, Segment[]> {
  return Map.groupBy(segments, ({ run }) => run?.id ?? "");
}

function outcomesByTarget(segments: readonly Segment[]): [string, string[]][] {
  const targets = new Map<string, Map<string, string>>();
  for (const { lines } of segments)
    for (const line of lines) {
      if (line.kind !== "case") continue;
      targets.getOrInsertComputed(line.target, () => new Map()).set(line.case, line.outcome);
    }
  return [...targets].map(([target, cases]) => [target, [...cases.values()]]);
}

/** Start of the first of the latest runs that all passed; undefined if the last run did not. */
export function passingSince(runs: readonly PastRun[]): string | undefined {
  const clean = ({ passed, total }: PastRun) => passed === total;
  const lastBad = runs.findLastIndex((run) => !clean(run));
  return runs[lastBad + 1]?.started || undefined;
}
