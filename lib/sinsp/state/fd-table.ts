/** The open descriptors of a process. */
import type { FdInfo } from "./fd.ts";

const CLOEXEC = 4096;

export class FdTable {
  #fds = new Map<number, FdInfo>();
  readonly #limit: number;

  constructor(limit = 4096) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#fds.size;
  }

  get(fd: number): FdInfo | undefined {
    return this.#fds.get(fd);
  }

  /** @returns false if the table is full; the descriptor is then not known. */
  set(fd: number, info: FdInfo): boolean {
    if (this.#fds.size >= this.#limit && !this.#fds.has(fd)) return false;
    this.#fds.set(fd, info);
    return true;
  }

  delete(fd: number): boolean {
    return this.#fds.delete(fd);
  }

  clear(): void {
    this.#fds.clear();
  }

  entries(): IterableIterator<[number, FdInfo]> {
    return this.#fds.entries();
  }

  values(): IterableIterator<FdInfo> {
    return this.#fds.values();
  }

  /** As fork gives it to the child. Both tables have the same entries until one of them changes one: `own()`. */
  copy(): FdTable {
    const table = new FdTable(this.#limit);
    for (const info of this.#fds.values()) info.shared = true;
    table.#fds = new Map(this.#fds);
    return table;
  }

  /** The entry for changing it: no other table has it. */
  own(fd: number): FdInfo | undefined {
    const info = this.#fds.get(fd);
    if (!info?.shared) return info;
    const copy = info.copy();
    this.#fds.set(fd, copy);
    return copy;
  }

  closeOnExec(): void {
    for (const [fd, info] of this.#fds) if (info.openFlags & CLOEXEC) this.#fds.delete(fd);
  }

  /** Close, or mark to be closed on exec, `first` to `last`. */
  closeRange(first: number, last: number, onExec: boolean): void {
    for (const fd of [...this.#fds.keys()]) {
      if (fd < first || fd > last) continue;
      if (onExec) this.own(fd)!.openFlags |= CLOEXEC;
      else this.#fds.delete(fd);
    }
  }
}
