/** What each run said of each target, oldest first. */
import { type Counts, countOutcomes, isClean, sumOf } from "../harness/run/counts.ts";
import type { Merged } from "../harness/run/merge-results.ts";
import type { CaseResult, RunResult } from "../harness/run/results.ts";
import { cellLetters } from "./letters.ts";

export interface PastRun {
  /** Id of the run; "" where the results name none. */
  readonly run: string;
  /** ISO 8601, or "" */
  readonly started: string;
  readonly counts: Counts;
  /** Milliseconds, by what took them: `driverLoad`. */
  readonly timings: Readonly<Record<string, number>>;
  /** Counts, by what is counted: `verifiedInstructions`. */
  readonly stats: Readonly<Record<string, number>>;
  /** The letter of each syscall's cell, by the history's syscalls; shorter where only later runs have more of them. */
  readonly cells: string;
}

/** At most the last this many runs are drawn. */
export const shownRuns = 20;

export interface History {
  /** In no particular order. */
  readonly syscalls: readonly string[];
  readonly byTarget: ReadonlyMap<string, readonly PastRun[]>;
}

/** Made run by run, oldest first: of a run's results only what the history tells is kept. */
export class HistoryBuilder {
  readonly #places = new Map<string, number>();
  readonly #targets = new Map<string, PastRun[]>();

  /** @param run undefined where the results name none */
  add(run: RunResult | undefined, results: Merged): void {
    const { id = "", started = "" } = run ?? {};
    for (const target of new Set([...results.targets.keys(), ...results.cases.targets()]))
      this.#targets
        .getOrInsertComputed(target, () => [])
        .push({ run: id, started, ...this.#summary(results, target) });
  }

  #summary({ targets, cases }: Merged, target: string): Omit<PastRun, "run" | "started"> {
    const line = targets.get(target);
    const all = [...cases.of(target)];
    return {
      counts: countOutcomes(all),
      timings: line?.timings ?? {},
      stats: { ...line?.stats, ...(all.length > 0 ? { eventsLost: eventsLost(all) } : {}) },
      cells: cellLetters(all, this.#places),
    };
  }

  done(): History {
    return { syscalls: [...this.#places.keys()], byTarget: this.#targets };
  }
}

function eventsLost(results: readonly CaseResult[]): number {
  return results.reduce((sum, { lost = 0 }) => sum + lost, 0);
}

/**
 * Start of the first of the latest runs in which all passed that could; undefined if the last run was not so.
 * @param cases how many the target has: a clean run of less than half of them says nothing of the others
 */
export function passingSince(runs: readonly PastRun[], cases: number): string | undefined {
  const telling = runs.filter(({ counts }) => !isClean(counts) || 2 * sumOf(counts) >= cases);
  const lastBad = telling.findLastIndex(({ counts }) => !isClean(counts));
  return telling[lastBad + 1]?.started || undefined;
}

/** Flaky results of all results of these runs, from 0 to 1. */
export function flakeRate(runs: readonly PastRun[]): number {
  const total = runs.reduce((sum, { counts }) => sum + sumOf(counts), 0);
  return total === 0 ? 0 : runs.reduce((sum, { counts }) => sum + (counts.flaky ?? 0), 0) / total;
}
