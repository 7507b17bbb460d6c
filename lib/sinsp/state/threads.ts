/** The thread table: every thread known, by tid, and the processes they form. */
import { PPM } from "#schema/flags";
import { Thread, ThreadGroup } from "./thread.ts";

export interface ThreadCounters {
  added: number;
  removed: number;
  /** Threads that had no place. */
  dropped: number;
  failedLookups: number;
}

export class Threads implements Iterable<Thread> {
  readonly #threads = new Map<number, Thread>();
  readonly #groups = new Map<number, ThreadGroup>();
  readonly #limit: number;
  readonly counters: ThreadCounters = { added: 0, removed: 0, dropped: 0, failedLookups: 0 };

  constructor(limit = 262144) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#threads.size;
  }

  get(tid: number): Thread | undefined {
    return this.#threads.get(tid);
  }

  [Symbol.iterator](): IterableIterator<Thread> {
    return this.#threads.values();
  }

  /** The thread, as a placeholder if nothing is known of it. undefined: the table is full. */
  getOrPlaceholder(tid: number): Thread | undefined {
    const known = this.#threads.get(tid);
    if (known || tid < 0) return known;
    this.counters.failedLookups++;
    return this.add(new Thread(tid)) ? this.#threads.get(tid) : undefined;
  }

  /** A thread of the same tid goes. @returns false if the table is full */
  add(thread: Thread): boolean {
    if (this.#threads.has(thread.tid)) this.remove(thread.tid);
    if (this.#threads.size >= this.#limit) {
      this.counters.dropped++;
      return false;
    }
    this.#threads.set(thread.tid, thread);
    this.counters.added++;
    if (!thread.isPlaceholder) this.join(thread);
    return true;
  }

  /** Make the thread one of the threads of its pid. */
  join(thread: Thread): void {
    let group = this.#groups.get(thread.pid);
    if (!group) {
      group = new ThreadGroup(thread.pid);
      group.reaper = thread.pid === 1 || thread.vpid === 1;
      this.#groups.set(thread.pid, group);
    }
    group.threads.add(thread);
    thread.group = group;
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
    this.#reparentChildren(thread, group);
    if (!thread.isMain) {
      this.#forget(thread);
      group.threads.delete(thread);
    }
    if (group.alive > 0) return;
    for (const last of group.threads) this.#forget(last);
    if (this.#groups.get(group.pid) === group) this.#groups.delete(group.pid);
  }

  #forget(thread: Thread): void {
    if (this.#threads.get(thread.tid) !== thread) return;
    this.#threads.delete(thread.tid);
    this.counters.removed++;
  }

  /** The children of a thread are few and it ends once: looking through the table costs less than keeping lists. */
  #reparentChildren(dead: Thread, group: ThreadGroup): void {
    let heir: number | undefined;
    for (const child of this.#threads.values()) {
      if (child.ptid !== dead.tid) continue;
      heir ??= this.#heir(dead, group);
      child.ptid = heir;
    }
  }

  /** Who gets the children: the reaper that the kernel named, else what its rules say. 0: nobody known. */
  #heir(dead: Thread, group: ThreadGroup): number {
    if (dead.reaperTid > 0) {
      const reaper = this.#threads.get(dead.reaperTid);
      if (reaper?.group) {
        reaper.group.reaper = true;
        return reaper.tid;
      }
    }
    for (const sibling of group.threads) if (!sibling.dead) return sibling.tid;
    return this.#reapingAncestor(dead);
  }

  #reapingAncestor(dead: Thread): number {
    const seen = new Set<Thread>();
    let parent = this.#threads.get(dead.ptid);
    while (parent && !seen.has(parent) && parent.inPidNamespace === dead.inPidNamespace) {
      seen.add(parent);
      if (parent.group?.reaper)
        for (const thread of parent.group.threads) if (!thread.dead) return thread.tid;
      parent = this.#threads.get(parent.ptid);
    }
    return 0;
  }

  /** Children of `thread`'s process come back to it, as PR_SET_CHILD_SUBREAPER says. */
  setReaper(thread: Thread, on: boolean): void {
    if (thread.group) thread.group.reaper = on;
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
