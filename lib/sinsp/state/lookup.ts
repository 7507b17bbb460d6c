/** Threads that events come from and that nothing has told of: the machine is asked for them, live. */
import { PPM } from "#schema/flags";
import type { Fd, Thread as ListedThread } from "../../scap/index.ts";
import { addListedThread } from "./load.ts";
import { addListedFds } from "./load-fds.ts";
import type { State } from "./state.ts";

/** What the machine tells of a thread and of the descriptors of its process. */
export interface Found {
  readonly thread: ListedThread;
  readonly fds: readonly Fd[];
}

/** Questions a second, and as many at once: one takes about a millisecond, during which no event is read. */
export const questionsPerSecond = 100;

/** Asks at a bounded rate: a thread that comes when no question is left stays unknown until an event tells of it. */
export class Lookup {
  readonly #ask: (tid: number) => Found | null;
  readonly #now: () => number;
  #left = questionsPerSecond;
  #refilled: number;

  /** @param now in ms, of any clock */
  constructor(ask: (tid: number) => Found | null, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
    this.#refilled = now();
  }

  /** Adds the thread, and before it the main thread of its process, if that one is not known either. */
  into(state: State, tid: number): void {
    const found = this.#mayAsk() ? this.#ask(tid) : null;
    if (!found) return;
    const { pid, flags } = found.thread;
    const isMain = Number(pid) === tid;
    if (!isMain && !state.threads.get(Number(pid))) this.into(state, Number(pid));
    // The list tells of a thread that is asked for by its own number as if it were a process.
    const ofProcess = isMain ? 0 : PPM.PPM_CL_CLONE_THREAD | PPM.PPM_CL_CLONE_FILES;
    const thread = addListedThread(state, { ...found.thread, flags: flags | ofProcess });
    if (!thread) return;
    state.threads.join(thread);
    if (isMain) addListedFds(state, found.fds);
  }

  #mayAsk(): boolean {
    const now = this.#now();
    const more = ((now - this.#refilled) / 1000) * questionsPerSecond;
    this.#left = Math.min(questionsPerSecond, this.#left + more);
    this.#refilled = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
