/** Processes that nobody wants to see: their events are dropped before anything looks at them. */
import { PPME } from "#schema/events";
import type { ScapEvent } from "../scap/event.ts";
import { intOf, paramOf } from "./state/damage.ts";
import type { Thread } from "./state/thread.ts";
import type { Threads } from "./state/threads.ts";

export interface Suppressed {
  /** Processes of these names, and all that descend from them. */
  readonly comms?: readonly string[];
  /** These threads, and all that descend from them. */
  readonly tids?: readonly number[];
}

const clones = new Set<number>([
  PPME.SYSCALL_CLONE_20_X,
  PPME.SYSCALL_CLONE3_X,
  PPME.SYSCALL_FORK_20_X,
  PPME.SYSCALL_VFORK_20_X,
]);
const execs = new Set<number>([PPME.SYSCALL_EXECVE_19_X, PPME.SYSCALL_EXECVEAT_X]);

/** Parameters of all six. */
const P = { result: 0, pid: 4, ptid: 5, comm: 13 } as const;

export class Suppression {
  readonly #comms: ReadonlySet<string>;
  /** Given by the caller: those stay suppressed whatever they execute. */
  readonly #given: ReadonlySet<number>;
  readonly #tids: Set<number>;
  /** Events dropped so far. */
  events = 0;

  constructor({ comms = [], tids = [] }: Suppressed) {
    this.#comms = new Set(comms);
    this.#given = new Set(tids);
    this.#tids = new Set(tids);
  }

  get tids(): number {
    return this.#tids.size;
  }

  /** Processes that were there when the capture began. */
  addKnown(threads: Threads): void {
    for (const thread of [...threads]) if (this.#descends(thread, threads)) this.#tids.add(thread.tid);
    for (const tid of this.#tids) threads.remove(tid);
  }

  #descends(thread: Thread, threads: Threads): boolean {
    const seen = new Set<Thread>();
    for (let at: Thread | undefined = thread; at && !seen.has(at); at = threads.get(at.ptid)) {
      if (this.#comms.has(at.comm) || this.#tids.has(at.tid) || this.#tids.has(at.pid)) return true;
      seen.add(at);
    }
    return false;
  }

  /** Whether the event is to be dropped. */
  drops(event: ScapEvent): boolean {
    const dropped = this.#isSuppressed(event);
    if (dropped) this.events++;
    return dropped;
  }

  #isSuppressed(event: ScapEvent): boolean {
    const tid = event.tidNumber;
    const { type } = event;
    if ((clones.has(type) || execs.has(type)) && event.nparams > P.comm) return this.#follow(event, tid);
    if (!this.#tids.has(tid)) return false;
    if (type === PPME.PROCEXIT_1_E) this.#tids.delete(tid);
    return true;
  }

  /** A process was made, or is another program now. */
  #follow(event: ScapEvent, tid: number): boolean {
    const isCaller = clones.has(event.type) && intOf(event, P.result) !== 0;
    if (isCaller && this.#tids.has(tid)) return true;
    const pid = Number(paramOf(event, P.pid) ?? tid);
    const parent = Number(paramOf(event, P.ptid) ?? -1);
    const comm = (paramOf(event, P.comm) as string | null) ?? "";
    const is =
      this.#given.has(tid) ||
      this.#tids.has(parent) ||
      (pid !== tid && this.#tids.has(pid)) ||
      this.#comms.has(comm);
    if (is) this.#tids.add(tid);
    else this.#tids.delete(tid);
    return is;
  }
}
