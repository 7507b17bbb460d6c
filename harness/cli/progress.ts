/** Progress of a run on standard error: a live table on a terminal, plain lines elsewhere. */
import { type Part, partName } from "../run/divide.ts";
import type { Duration } from "../run/durations.ts";
import type { CaseResult } from "../run/results.ts";
import { duration, liveLines } from "./live-table.ts";
import { PartProgress } from "./part-progress.ts";
import { caseLine } from "./summary.ts";

export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly jobs: number;
  /** What earlier runs say of a target. */
  readonly expected: (target: string) => Duration;
  readonly sink?: Sink;
  /** Milliseconds of any clock. */
  readonly now?: () => number;
}

const redrawMs = 200;

export class Progress implements Disposable {
  readonly #sink: Sink;
  readonly #now: () => number;
  readonly #running = new Map<Part, PartProgress>();
  readonly #waiting = new Set<Part>();
  readonly #timer: Timer | undefined;
  #finished = 0;
  #notPassed = 0;
  #total = 0;
  /** Lines of the table that are on the terminal. */
  #drawn = 0;

  constructor(private readonly options: ProgressOptions) {
    this.#sink = options.sink ?? process.stderr;
    this.#now = options.now ?? (() => performance.now());
    if (this.#sink.isTTY) this.#timer = setInterval(() => this.draw(), redrawMs);
  }

  plan(parts: readonly Part[]): void {
    for (const part of parts) this.#waiting.add(part);
    this.#total = parts.reduce((sum, { cases }) => sum + cases.length, 0);
    if (!this.#sink.isTTY && this.#total > 0)
      this.note(`${this.#total} cases in ${parts.length} guests, ${this.options.jobs} at a time`);
  }

  start(part: Part): void {
    this.#waiting.delete(part);
    this.#running.set(part, new PartProgress(part, this.options.expected(part.target), this.#now()));
    if (!this.#sink.isTTY) this.note(`start  ${partName(part)}`);
  }

  stage(part: Part, stage: string): void {
    const progress = this.#running.get(part);
    if (progress) progress.stage = stage;
  }

  result(part: Part, result: CaseResult): void {
    this.#running.get(part)?.add(result.outcome, this.#now());
    this.#finished++;
    if (result.outcome !== "pass") this.#notPassed++;
    if (result.outcome === "fail" || result.outcome === "flaky") this.note(caseLine(result));
  }

  /** Returns what the part has shown of its target's pace. */
  end(part: Part, ms: number): Duration | undefined {
    const progress = this.#running.get(part);
    this.#running.delete(part);
    const { finished = 0, notPassed = 0 } = progress ?? {};
    const left = this.#total - this.#finished;
    const counts = `${finished} cases${notPassed > 0 ? `, ${notPassed} not passed` : ""}`;
    this.note(`end    ${partName(part)}  ${counts}, ${duration(ms)}; ${left} left`);
    return progress?.measured();
  }

  /** A line that stays. */
  note(text: string): void {
    this.#sink.write(`${this.#erase()}${text}\n`);
  }

  draw(): void {
    const waiting = [...this.#waiting].map(({ target, cases }) => {
      const { start, perCase } = this.options.expected(target);
      return start + cases.length * perCase;
    });
    const state = {
      running: [...this.#running.values()],
      waiting: { parts: waiting.length, ms: waiting.reduce((sum, ms) => sum + ms, 0) },
      jobs: this.options.jobs,
      finished: this.#finished,
      notPassed: this.#notPassed,
      total: this.#total,
    };
    const width = (this.#sink.columns ?? 80) - 1;
    const lines = liveLines(state, this.#now()).map((line) => `${line.slice(0, width)}\n`);
    this.#sink.write(this.#erase() + lines.join(""));
    this.#drawn = lines.length;
  }

  /** What takes the table off the terminal: to its first line, and away with all below. */
  #erase(): string {
    const lines = this.#drawn;
    this.#drawn = 0;
    return lines > 0 ? `\x1b[${lines}A\r\x1b[J` : "";
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    const erase = this.#erase();
    if (erase) this.#sink.write(erase);
  }
}
