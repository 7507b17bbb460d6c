/** The thread table: every thread known, by tid, and the processes they form. */
import { PPM } from "#schema/flags";
import { type FdCounters, fdCounters } from "./fd-table.ts";
import { reaperOf } from "./reaper.ts";
import { RecentExits } from "./recent-exits.ts";
import { Thread, ThreadGroup } from "./thread.ts";

export interface ThreadCounters {
  added: number;
  removed: number;
  /** Threads that had no place. */
  dropped: number;
  /** Of an event's thread: by the thread of the lookup before, by the table, and in vain. */
  cachedLookups: number;
  noncachedLookups: number;
  failedLookups: number;
  /** Enter events that wait for their exit, and those whose thread has no place. */
  storedEnters: number;
  unstoredEnters: number;
  /** Exits that found their enter event, and those that should have one and did not. */
  retrievedEnters: number;
  missedEnters: number;
}

const recentMask = 255;

export class Threads implements Iterable<Thread> {
  readonly #threads = new Map<number, Thread>();
  readonly #groups = new Map<number, ThreadGroup>();
  readonly #limit: number;
  readonly counters: ThreadCounters = {
    ...{ added: 0, removed: 0, dropped: 0 },
    ...{ cachedLookups: 0, noncachedLookups: 0, failedLookups: 0 },
    ...{ storedEnters: 0, unstoredEnters: 0, retrievedEnters: 0, missedEnters: 0 },
  };
  /** Of the descriptors of all of them. */
  readonly fdCounters: FdCounters = fdCounters();
  /** Asks the machine for a thread that no event has told of, and adds it; null: a file has no machine to ask. */
  lookUp: ((tid: number) => void) | null = null;
  readonly #exits = new RecentExits();
  /** What find() found last: most events are of the same thread as the one before. */
  private last: Thread | undefined;
  /** Of those that it found before, one for each of these low bits of a tid: a look here is shorter than one into the map. */
  private readonly recent: (Thread | undefined)[] = new Array(recentMask + 1).fill(undefined);

  constructor(limit = 262144) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#threads.size;
  }

  /** Processes that have threads in the table. */
  get processes(): number {
    return this.#groups.size;
  }

  get(tid: number): Thread | undefined {
    return this.#threads.get(tid);
  }

  [Symbol.iterator](): IterableIterator<Thread> {
    return this.#threads.values();
  }

  /** get() of an event's thread: it is counted. Short, so that the engine inlines it. */
  find(tid: number): Thread | undefined {
    const { last } = this;
    if (last?.tid !== tid) return this.findOther(tid);
    this.counters.cachedLookups++;
    return last;
  }

  private findOther(tid: number): Thread | undefined {
    const known = this.recent[tid & recentMask];
    const found = known?.tid === tid ? known : this.#threads.get(tid);
    if (found) {
      this.last = found;
      this.recent[tid & recentMask] = found;
      this.counters.noncachedLookups++;
    } else if (tid >= 0) {
      this.counters.failedLookups++;
    }
    return found;
  }

  #forgetFound(tid: number): void {
    this.last = undefined;
    this.recent[tid & recentMask] = undefined;
  }

  /**
   * The thread; if the table lacks it, as the machine tells it; if that cannot, or may not be asked now, a placeholder.
   * undefined: the table is full.
   */
  getOrPlaceholder(tid: number): Thread | undefined {
    return this.find(tid) ?? this.make(tid);
  }

  private make(tid: number): Thread | undefined {
    if (tid < 0) return undefined;
    this.lookUp?.(tid);
    const told = this.#threads.get(tid);
    if (told) return told;
    return this.add(new Thread(tid)) ? this.#threads.get(tid) : undefined;
  }

  /** A thread of the same tid goes. @returns false if the table is full */
  add(thread: Thread): boolean {
    if (!this.insert(thread)) return false;
    this.join(thread);
    return true;
  }

  /** Like add(), of a list whose threads join() when all of them are there. */
  insert(thread: Thread): boolean {
    const old = this.#threads.get(thread.tid);
    if (old) this.#replace(old, thread);
    if (this.#threads.size >= this.#limit) {
      this.counters.dropped++;
      return false;
    }
    this.#threads.set(thread.tid, thread);
    this.#forgetFound(thread.tid);
    thread.fdCounters = this.fdCounters;
    this.counters.added++;
    return true;
  }

  /** The number has been given to a new thread, so the old one has ended; if it was a process, so have its threads. */
  #replace(old: Thread, by: Thread): void {
    const { group } = old;
    this.remove(old.tid);
    if (!group || this.#threads.get(old.tid) !== old) return;
    if (by.isMain) for (const other of [...group.threads]) if (other !== old) this.remove(other.tid);
    group.delete(old);
    this.#forget(old);
  }

  /** Make the thread one of the threads of its pid, and a child of its parent; 0 if that one is not known. */
  join(thread: Thread): void {
    if (thread.isPlaceholder || thread.group) return;
    this.#groupOf(thread).add(thread);
    if (thread.pid === 1) return;
    const parent = this.#threads.get(thread.ptid);
    if (parent && parent !== thread && !parent.isPlaceholder) parent.adopt(thread);
    else thread.ptid = 0;
  }

  #groupOf({ pid, vpid }: Thread): ThreadGroup {
    let group = this.#groups.get(pid);
    if (!group) {
      group = new ThreadGroup(pid);
      group.reaper = pid === 1 || vpid === 1;
      this.#groups.set(pid, group);
    }
    return group;
  }

  /** An event told of the end of the thread; remove() comes once that event has been seen. */
  noteExit({ tid, ptid }: Thread, ts: bigint): void {
    this.#exits.add(tid, ptid, ts);
  }

  /** Whether a thread `tid` with that parent ended a moment before `ts`. */
  hasJustExited(tid: number, ptid: number, ts: bigint): boolean {
    return this.#exits.has(tid, ptid, ts);
  }

  /** Ends a thread. A main thread is kept, dead, while others of its process live. */
  remove(tid: number): void {
    const thread = this.#threads.get(tid);
    if (!thread) return;
    thread.dead = true;
    const { group } = thread;
    if (!group) {
      this.#forget(thread);
      return;
    }
    this.#reparentChildren(thread);
    if (!thread.isMain) {
      this.#forget(thread);
      group.delete(thread);
    }
    if (group.alive > 0) return;
    for (const last of group.threads) {
      this.#reparentChildren(last);
      this.#forget(last);
    }
    if (this.#groups.get(group.pid) === group) this.#groups.delete(group.pid);
  }

  #forget(thread: Thread): void {
    if (this.#threads.get(thread.tid) !== thread) return;
    this.#threads.delete(thread.tid);
    this.#forgetFound(thread.tid);
    thread.forgetFds();
    this.#threads.get(thread.ptid)?.children?.delete(thread);
    this.counters.removed++;
  }

  #reparentChildren(dead: Thread): void {
    const { children } = dead;
    if (!children || children.size === 0) return;
    const heir = reaperOf(dead, this);
    // From now on it is known to be one.
    if (heir?.group && heir.pid !== dead.pid) heir.group.reaper = true;
    dead.children = null;
    for (const child of children) {
      if (heir && heir !== child) heir.adopt(child);
      else child.ptid = 0;
    }
  }

  /** Children of `thread`'s process come back to it, as PR_SET_CHILD_SUBREAPER says. */
  setReaper(thread: Thread, on: boolean): void {
    if (thread.group) thread.group.reaper = on;
  }

  /**
   * Threads whose end nobody told. Placeholders go, too: whoever makes an event again gets another one.
   * @returns how many went
   */
  purge(isAlive: (thread: Thread) => boolean): number {
    const gone = [...this.#threads.values()].filter((thread) => thread.isPlaceholder || !isAlive(thread));
    for (const { tid } of gone) this.remove(tid);
    return gone.length;
  }

  /** The process `n` steps up from the thread's own (0), each by its main thread. */
  ancestor(thread: Thread, n: number): Thread | undefined {
    let at = thread.main;
    for (let i = 0; at && i < n; i++) at = this.#threads.get(at.ptid)?.main;
    return at;
  }

  /** From the parent of the main thread up, nearest first. */
  *walk(thread: Thread): Generator<Thread> {
    const main = thread.main;
    if (!main) return;
    const seen = new Set<Thread>([main]);
    let at = this.#parent(main);
    while (at && !seen.has(at)) {
      yield at;
      seen.add(at);
      at = this.#parent(at);
    }
  }

  #parent({ tid, ptid }: Thread): Thread | undefined {
    return ptid === -1 || ptid === tid ? undefined : this.#threads.get(ptid);
  }

  /** The leader of the session or group `id`, whose number is one of the thread's pid namespace or of the host. */
  leader(thread: Thread, id: number, idOf: (thread: Thread) => number, virtual: boolean): Thread | undefined {
    if (id === -1) return undefined;
    if (!virtual || !thread.inPidNamespace) {
      const known = this.#threads.get(id);
      if (known) return known;
    }
    let last: Thread | undefined;
    for (const ancestor of this.walk(thread)) {
      if (idOf(ancestor) !== id) break;
      last = ancestor;
    }
    return last;
  }
}

export const isThreadClone = (flags: number) => (flags & PPM.PPM_CL_CLONE_THREAD) !== 0;
