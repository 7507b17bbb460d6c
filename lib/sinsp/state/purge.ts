/** Threads whose end was lost are found out from time to time, on the machine that events come from. */
import type { Thread } from "./thread.ts";
import type { Threads } from "./threads.ts";

const second = 1_000_000_000n;
/** What is wrong shows soon, not after twenty minutes. */
const first = 30n * second;
const interval = 1200n * second;

export class Purge {
  readonly #isAlive: (thread: Thread) => boolean;
  #next: bigint | null = null;

  constructor(isAlive: (thread: Thread) => boolean) {
    this.#isAlive = isAlive;
  }

  /** @param ts time of an event. @returns how many threads went */
  tick(ts: bigint, threads: Threads): number {
    this.#next ??= ts + first;
    if (ts < this.#next) return 0;
    this.#next = ts + interval;
    return threads.purge(this.#isAlive);
  }
}
