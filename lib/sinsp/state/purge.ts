/** Threads whose end was lost are found out from time to time, on the machine that events come from. */
import type { Thread } from "./thread.ts";
import type { Threads } from "./threads.ts";

/** ms. What is wrong shows soon, not after twenty minutes. */
const first = 30_000;
const interval = 1_200_000;
/** The end of a thread that is gone may still be on its way: events come later than they happen. */
const patience = 10_000;

/** Looks twice: who is gone both times, and still in the table, goes. */
export class Purge {
  readonly #isAlive: (thread: Thread) => boolean;
  #next: number | null = null;
  #suspects: ReadonlySet<Thread> | null = null;

  constructor(isAlive: (thread: Thread) => boolean) {
    this.#isAlive = isAlive;
  }

  /** @param now in ms, of any clock. @returns how many threads went */
  tick(now: number, threads: Threads): number {
    this.#next ??= now + first;
    if (now < this.#next) return 0;
    const suspects = this.#suspects;
    this.#next = now + (suspects ? interval : patience);
    this.#suspects = suspects ? null : new Set([...threads].filter((one) => !this.#lives(one)));
    return suspects ? threads.purge((one) => !suspects.has(one) || this.#lives(one)) : 0;
  }

  #lives(thread: Thread): boolean {
    return !thread.isPlaceholder && this.#isAlive(thread);
  }
}
