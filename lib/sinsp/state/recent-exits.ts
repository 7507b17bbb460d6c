/**
 * Threads that ended not long ago. Each CPU has a ring of its own, and a child may live and end on one before its parent
 * comes back from clone() on another: that event must not bring the child back.
 */

/** Older ends are forgotten: their numbers may belong to others by now. */
const maxAge = 2_000_000_000n;
const maxEntries = 8192;

/** Linux gives no thread a number above this: PID_MAX_LIMIT. */
const maxTid = 1 << 22;

export class RecentExits {
  /** Times of the ends, oldest first. The parent belongs to the key: that both numbers are used again is unlikely. */
  readonly #times = new Map<number, bigint>();

  add(tid: number, ptid: number, ts: bigint): void {
    const key = keyOf(tid, ptid);
    this.#times.delete(key);
    this.#times.set(key, ts);
    if (this.#times.size <= maxEntries) return;
    for (const oldest of this.#times.keys()) {
      this.#times.delete(oldest);
      return;
    }
  }

  has(tid: number, ptid: number, ts: bigint): boolean {
    const end = this.#times.get(keyOf(tid, ptid));
    return end !== undefined && ts >= end && ts - end < maxAge;
  }
}

const keyOf = (tid: number, ptid: number) => ptid * maxTid + tid;
