/** What each run said of each target, oldest first. */
import type { CaseResult, TargetResult } from "../harness/run/results.ts";
import { type CellOutcome, rollUp } from "./cells.ts";
import type { Segment } from "./read.ts";

export interface PastRun {
  /** Id of the run; "" where the results name none. */
  readonly run: string;
  /** ISO 8601, or "" */
  readonly started: string;
  readonly passed: number;
  readonly flaky: number;
  readonly total: number;
  /** Milliseconds, by what took them: `driverLoad`. */
  readonly timings: Readonly<Record<string, number>>;
  /** Counts, by what is counted: `verifiedInstructions`. */
  readonly stats: Readonly<Record<string, number>>;
  /** By syscall, what its cell was. Runs in which all was the same share it. */
  readonly cells: ReadonlyMap<string, CellOutcome>;
}

/** At most the last this many runs are drawn. */
export const shownRuns = 20;

/** By target. */
export type History = ReadonlyMap<string, readonly PastRun[]>;

/** @param segments in the order of their runs */
export function historyOf(segments: readonly Segment[]): History {
  const history = new Map<string, PastRun[]>();
  const share = sharing();
  for (const [run, shards] of Map.groupBy(segments, (segment) => segment.run?.id ?? "")) {
    const started = shards[0]!.run?.started ?? "";
    for (const [target, told] of byTarget(shards))
      history.getOrInsertComputed(target, () => []).push({ run, started, ...summary(told, share) });
  }
  return history;
}

/** What one run told of one target. */
interface Told {
  line: TargetResult | undefined;
  readonly cases: Map<string, CaseResult>;
}

function byTarget(segments: readonly Segment[]): Map<string, Told> {
  const targets = new Map<string, Told>();
  for (const { lines } of segments)
    for (const line of lines) {
      const told = targets.getOrInsertComputed(line.target, () => ({ line: undefined, cases: new Map() }));
      if (line.kind === "target") told.line = line;
      else told.cases.set(line.case, line);
    }
  return targets;
}

type Cells = ReadonlyMap<string, CellOutcome>;

function summary({ line, cases }: Told, share: (cells: Cells) => Cells): Omit<PastRun, "run" | "started"> {
  let passed = 0;
  let flaky = 0;
  let lost = 0;
  for (const result of cases.values()) {
    if (result.outcome === "pass") passed += 1;
    if (result.outcome === "flaky") flaky += 1;
    lost += result.lost ?? 0;
  }
  const bySyscall = Map.groupBy(cases.values(), ({ syscall }) => syscall);
  const cells = [...bySyscall].map(
    ([syscall, results]) => [syscall, rollUp(results.map(({ outcome }) => outcome))] as const,
  );
  return {
    passed,
    flaky,
    total: cases.size,
    timings: line?.timings ?? {},
    stats: { ...line?.stats, ...(cases.size > 0 ? { eventsLost: lost } : {}) },
    cells: share(new Map(cells)),
  };
}

/** Of maps with the same content one is kept. */
function sharing(): (cells: Cells) => Cells {
  const known = new Map<string, Cells>();
  return (cells) => known.getOrInsertComputed([...cells].sort().join(), () => cells);
}

/**
 * Start of the first of the latest runs that all passed; undefined if the last run did not.
 * @param cases how many the target has: a clean run of fewer says nothing of the others
 */
export function passingSince(runs: readonly PastRun[], cases: number): string | undefined {
  const telling = runs.filter(({ passed, total }) => passed < total || total >= cases);
  const lastBad = telling.findLastIndex(({ passed, total }) => total === 0 || passed < total);
  return telling[lastBad + 1]?.started || undefined;
}

/** Flaky results of all results of these runs, from 0 to 1. */
export function flakeRate(runs: readonly PastRun[]): number {
  const total = runs.reduce((sum, run) => sum + run.total, 0);
  return total === 0 ? 0 : runs.reduce((sum, run) => sum + run.flaky, 0) / total;
}
