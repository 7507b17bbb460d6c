/** How far one guest's part is, and when it will be done. */
import type { Part } from "../run/divide.ts";
import type { Duration } from "../run/durations.ts";
import type { Outcome } from "../run/results.ts";

/** Results after which their pace says more than earlier runs. */
const enough = 10;

export class PartProgress {
  stage = "";
  finished = 0;
  notPassed = 0;
  readonly #started: number;
  #first: number | undefined;
  #last: number | undefined;

  /** @param expected from earlier runs. All times in milliseconds of one clock. */
  constructor(
    readonly part: Part,
    private readonly expected: Duration,
    now: number,
  ) {
    this.#started = now;
  }

  add(outcome: Outcome, now: number): void {
    this.finished++;
    if (outcome !== "pass") this.notPassed++;
    this.#first ??= now;
    this.#last = now;
  }

  /** What this run has shown; undefined while too little is known. */
  measured(): Duration | undefined {
    if (this.#first === undefined || this.#last === undefined || this.finished < 2) return undefined;
    return {
      start: this.#first - this.#started,
      perCase: (this.#last - this.#first) / (this.finished - 1),
    };
  }

  /** Milliseconds. */
  remaining(now: number): number {
    const measured = this.finished >= enough ? this.measured() : undefined;
    const { start, perCase } = measured ?? this.expected;
    const beforeCases = this.finished > 0 ? 0 : Math.max(0, start - (now - this.#started));
    return beforeCases + (this.part.cases.length - this.finished) * perCase;
  }
}
