/** The open descriptors of a process. */
import type { FdInfo } from "./fd.ts";

const CLOEXEC = 4096;

/** Of all tables of an inspector together. */
export interface FdCounters {
  /** By events, lists, and copies for new processes. */
  added: number;
  /** Closed, replaced, or gone with their process. */
  removed: number;
  /** Lookups: by the descriptor of the lookup before in the same table, by the table, and in vain. */
  cachedLookups: number;
  noncachedLookups: number;
  failedLookups: number;
}

export const fdCounters = (): FdCounters => ({
  ...{ added: 0, removed: 0 },
  ...{ cachedLookups: 0, noncachedLookups: 0, failedLookups: 0 },
});

export class FdTable {
  #fds = new Map<number, FdInfo>();
  readonly #limit: number;

  readonly #counters: FdCounters;
  /** What get() found last. */
  #lastNumber = -1;
  #last: FdInfo | undefined;

  constructor(limit = 4096, counters = fdCounters()) {
    this.#limit = limit;
    this.#counters = counters;
  }

  get size(): number {
    return this.#fds.size;
  }

  get(fd: number): FdInfo | undefined {
    if (this.#last && this.#lastNumber === fd) {
      this.#counters.cachedLookups++;
      return this.#last;
    }
    const found = this.#fds.get(fd);
    if (!found) {
      this.#counters.failedLookups++;
      return undefined;
    }
    this.#counters.noncachedLookups++;
    this.#lastNumber = fd;
    this.#last = found;
    return found;
  }

  /** @returns false if the table is full; the descriptor is then not known. */
  set(fd: number, info: FdInfo): boolean {
    if (this.#fds.has(fd)) this.#counters.removed++;
    else if (this.#fds.size >= this.#limit) return false;
    this.#counters.added++;
    this.#put(fd, info);
    return true;
  }

  delete(fd: number): boolean {
    this.#last = undefined;
    const was = this.#fds.delete(fd);
    if (was) this.#counters.removed++;
    return was;
  }

  clear(): void {
    this.#last = undefined;
    this.#counters.removed += this.#fds.size;
    this.#fds.clear();
  }

  #put(fd: number, info: FdInfo): void {
    this.#last = undefined;
    this.#fds.set(fd, info);
  }

  entries(): IterableIterator<[number, FdInfo]> {
    return this.#fds.entries();
  }

  values(): IterableIterator<FdInfo> {
    return this.#fds.values();
  }

  /** As fork gives it to the child. Both tables have the same entries until one of them changes one: `own()`. */
  copy(): FdTable {
    const table = new FdTable(this.#limit, this.#counters);
    for (const info of this.#fds.values()) info.shared = true;
    table.#fds = new Map(this.#fds);
    this.#counters.added += this.#fds.size;
    return table;
  }

  /** The entry for changing it: no other table has it. */
  own(fd: number): FdInfo | undefined {
    const info = this.#fds.get(fd);
    if (!info?.shared) return info;
    const copy = info.copy();
    this.#put(fd, copy);
    return copy;
  }

  closeOnExec(): void {
    for (const [fd, info] of this.#fds) if (info.openFlags & CLOEXEC) this.delete(fd);
  }

  /** Close, or mark to be closed on exec, `first` to `last`. */
  closeRange(first: number, last: number, onExec: boolean): void {
    for (const fd of [...this.#fds.keys()]) {
      if (fd < first || fd > last) continue;
      if (onExec) this.own(fd)!.openFlags |= CLOEXEC;
      else this.delete(fd);
    }
  }
}
