/** Runs cases on targets: a child process for each target, several at a time, their results in one place. */
import { join } from "node:path";
import { type Child, startChild, tail } from "./child.ts";
import { lineFollower } from "./follow.ts";
import type { ListedCase } from "./list-cases.ts";
import { parseResults } from "./read-results.ts";
import type { ResultLine, TargetResult } from "./results.ts";
import { globOf } from "./select.ts";
import { interrupted, unfinishedResult, whyUnfinished } from "./unfinished.ts";

export interface Work {
  readonly target: string;
  readonly cases: readonly ListedCase[];
}

export interface Schedule {
  readonly work: readonly Work[];
  /** How many targets run at a time. */
  readonly jobs: number;
  /** Scratch space; a directory per target is made in it. */
  readonly dir: string;
  /** The command that runs the test files with these cases. */
  readonly command: (files: readonly string[]) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Stops everything. */
  readonly signal: AbortSignal;
  /** Called for every result, in the order of arrival, each exactly once. */
  readonly onResult: (line: ResultLine) => void;
  readonly onStart?: (target: string) => void;
  readonly onEnd?: (target: string, ms: number) => void;
  /** A line of a child's results that is no result. */
  readonly onBroken?: (target: string, message: string) => void;
}

const pollMs = 100;

/**
 * Ends when every case has a result; also after `signal`, when the rest is `not-run`.
 * @throws what a callback throws (the disk is full), after all children have ended
 */
export async function runSchedule(schedule: Schedule): Promise<void> {
  const queue = [...schedule.work];
  const broken = new AbortController();
  const stoppable = { ...schedule, signal: AbortSignal.any([schedule.signal, broken.signal]) };
  const lane = async () => {
    for (let work = queue.shift(); work && !broken.signal.aborted; work = queue.shift()) {
      if (schedule.signal.aborted) abandon(schedule, work);
      else await runTarget(stoppable, work);
    }
  };
  const guarded = () => lane().catch((error) => broken.abort(error));
  await Promise.all(Array.from({ length: Math.max(1, schedule.jobs) }, guarded));
  broken.signal.throwIfAborted();
}

function abandon({ onResult }: Schedule, { target, cases }: Work): void {
  for (const listed of cases) onResult(unfinishedResult(target, listed, interrupted));
}

async function runTarget(schedule: Schedule, { target, cases }: Work): Promise<void> {
  const started = performance.now();
  schedule.onStart?.(target);
  const child = startChild({
    target,
    cases: globOf(cases.map(({ id }) => id)),
    command: schedule.command([...new Set(cases.map(({ file }) => file))]),
    dir: join(schedule.dir, target.replaceAll("/", "_")),
    ...(schedule.env && { env: schedule.env }),
  });
  const collected = new Collected(schedule, target, cases);
  const ended = await follow(child, schedule.signal, lineFollower(child.results), collected);
  collected.finish(ended, schedule.signal.aborted, child.log);
  schedule.onEnd?.(target, performance.now() - started);
}

async function follow(
  child: Child,
  signal: AbortSignal,
  newLines: () => string[],
  collected: Collected,
): Promise<string> {
  const stop = () => void child.stop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const failures: unknown[] = [];
  const take = () => {
    try {
      collected.take(newLines());
    } catch (error) {
      failures.push(error);
      stop();
    }
  };
  const timer = setInterval(() => failures.length === 0 && take(), pollMs);
  const ended = await child.ended;
  clearInterval(timer);
  signal.removeEventListener("abort", stop);
  if (failures.length === 0) take();
  if (failures.length > 0) throw failures[0];
  return ended;
}

/** The results of one target so far. */
class Collected {
  readonly #missing: Map<string, ListedCase>;
  #targetLine: TargetResult | undefined;

  constructor(
    readonly schedule: Schedule,
    readonly target: string,
    cases: readonly ListedCase[],
  ) {
    this.#missing = new Map(cases.map((listed) => [listed.id, listed]));
  }

  take(texts: readonly string[]): void {
    const { lines, broken } = parseResults(texts.join("\n"));
    for (const { message } of broken) this.schedule.onBroken?.(this.target, message);
    for (const line of lines) {
      if (line.kind === "target") this.#targetLine = line;
      if (line.kind === "case") this.#missing.delete(line.case);
      this.schedule.onResult(line);
    }
  }

  finish(ended: string, aborted: boolean, log: string): void {
    if (this.#missing.size === 0) return;
    const why = aborted ? interrupted : whyUnfinished(this.#targetLine, ended, tail(log));
    for (const listed of this.#missing.values())
      this.schedule.onResult(unfinishedResult(this.target, listed, why));
  }
}
