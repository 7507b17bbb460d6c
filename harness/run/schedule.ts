/** Runs cases on targets: a child process for each guest, several at a time, their results in one place. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild, tail } from "./child.ts";
import { type Part, partName } from "./divide.ts";
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
  /** In the order in which they begin. */
  readonly parts: readonly Part[];
  /** How many guests run at a time, at most. */
  readonly jobs: number;
  /** Memory that guests may take together, and what each takes; one always runs. Unlimited if absent. */
  readonly memory?: { readonly limit: number; readonly need: (target: string) => number };
  /** Scratch space; a directory per part is made in it. */
  readonly dir: string;
  /** The command that runs the test files with these cases. */
  readonly command: (files: readonly string[]) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Stops everything. */
  readonly signal: AbortSignal;
  /** Called for every result, in the order of arrival, each exactly once. */
  readonly onResult: (line: ResultLine, part: Part) => void;
  readonly onStart?: (part: Part) => void;
  /** What the child does before its cases run. */
  readonly onStage?: (part: Part, stage: string) => void;
  readonly onEnd?: (part: Part, ms: number) => void;
  /** A line of a child's results that is no result. */
  readonly onBroken?: (target: string, message: string) => void;
}

const pollMs = 100;

/**
 * Ends when every case has a result; also after `signal`, when the rest is `not-run`.
 * @throws what a callback throws (the disk is full), after all children have ended
 */
export async function runSchedule(schedule: Schedule): Promise<void> {
  const broken = new AbortController();
  const stoppable = { ...schedule, signal: AbortSignal.any([schedule.signal, broken.signal]) };
  const queue = [...schedule.parts];
  const running = new Map<Part, Promise<void>>();
  while (!broken.signal.aborted && (queue.length > 0 || running.size > 0)) {
    for (let part = next(schedule, queue, running); part; part = next(schedule, queue, running)) {
      const run = schedule.signal.aborted ? abandon(schedule, part) : runPart(stoppable, part);
      const done = run.catch((error) => broken.abort(error)).finally(() => running.delete(part));
      running.set(part, done);
    }
    await Promise.race(running.values());
  }
  await Promise.all(running.values());
  broken.signal.throwIfAborted();
}

/** Takes the first part that there is room for. */
function next(
  { jobs, memory }: Schedule,
  queue: Part[],
  running: ReadonlyMap<Part, unknown>,
): Part | undefined {
  if (running.size >= Math.max(1, jobs)) return undefined;
  const taken = [...running.keys()].reduce((sum, { target }) => sum + (memory?.need(target) ?? 0), 0);
  const fits = ({ target }: Part) =>
    !memory || running.size === 0 || taken + memory.need(target) <= memory.limit;
  const index = queue.findIndex(fits);
  return index < 0 ? undefined : queue.splice(index, 1)[0];
}

async function abandon({ onResult }: Schedule, part: Part): Promise<void> {
  for (const listed of part.cases) onResult(unfinishedResult(part.target, listed, interrupted), part);
}

async function runPart(schedule: Schedule, part: Part): Promise<void> {
  const started = performance.now();
  const { target, cases } = part;
  schedule.onStart?.(part);
  const child = startChild({
    target,
    cases: globOf(cases.map(({ id }) => id)),
    command: schedule.command([...new Set(cases.map(({ file }) => file))]),
    dir: join(schedule.dir, partName(part).replaceAll(/[/, ]+/g, "_")),
    ...(schedule.env && { env: schedule.env }),
  });
  const collected = new Collected(schedule, part, child);
  const ended = await follow(child, schedule.signal, collected);
  collected.finish(ended, schedule.signal.aborted);
  schedule.onEnd?.(part, performance.now() - started);
}

async function follow(child: Child, signal: AbortSignal, collected: Collected): Promise<string> {
  const stop = () => void child.stop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const failures: unknown[] = [];
  const take = () => {
    try {
      collected.take();
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

/** The results of one part so far. */
class Collected {
  readonly #missing: Map<string, ListedCase>;
  readonly #newLines: () => string[];
  #targetLine: TargetResult | undefined;
  #stage = "";

  constructor(
    readonly schedule: Schedule,
    readonly part: Part,
    readonly child: Child,
  ) {
    this.#missing = new Map(part.cases.map((listed) => [listed.id, listed]));
    this.#newLines = lineFollower(child.results);
  }

  take(): void {
    this.#takeStage();
    const { lines, broken } = parseResults(this.#newLines().join("\n"));
    for (const { message } of broken) this.schedule.onBroken?.(this.part.target, message);
    for (const line of lines) {
      if (line.kind === "target") this.#targetLine = line;
      if (line.kind === "case") this.#missing.delete(line.case);
      this.schedule.onResult(line, this.part);
    }
  }

  #takeStage(): void {
    if (!this.schedule.onStage || !existsSync(this.child.stage)) return;
    const stage = readFileSync(this.child.stage, "utf8");
    if (stage !== "" && stage !== this.#stage) this.schedule.onStage(this.part, stage);
    this.#stage = stage;
  }

  finish(ended: string, aborted: boolean): void {
    if (this.#missing.size === 0) return;
    const why = aborted ? interrupted : whyUnfinished(this.#targetLine, ended, tail(this.child.log));
    for (const listed of this.#missing.values())
      this.schedule.onResult(unfinishedResult(this.part.target, listed, why), this.part);
  }
}
