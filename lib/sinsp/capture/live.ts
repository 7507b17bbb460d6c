import {
  LiveCapture as Driver,
  type LiveOptions as DriverOptions,
  type Interface,
  type ScanOptions,
  type ScapBatch,
} from "../../scap/index.ts";
import { loadState } from "../state/load.ts";
import { Lookup } from "../state/lookup.ts";
import { Purge } from "../state/purge.ts";
import type { State } from "../state/state.ts";
import type { Capture } from "./capture.ts";
import { ThisMachine } from "./machine.ts";

export interface LiveOptions extends Omit<DriverOptions, "engine"> {
  /** Where the processes that are there at the beginning come from; "auto" if absent. */
  readonly processes?: NonNullable<ScanOptions["source"]>;
}

/** The running machine. Recording begins at once, before its processes are listed: none can be missed between the two. */
export class LiveCapture implements Capture {
  readonly isLive = true;
  readonly section = 1;
  readonly #driver: Driver;
  readonly #machine = new ThisMachine();
  readonly #lookup = new Lookup((tid) => this.#machine.thread(tid));
  readonly #purge = new Purge((thread) => this.#machine.isAlive(thread));
  #state: State | null = null;
  #isStopped = false;

  /** @throws {ScapError} NOT_SUPPORTED if the kernel cannot do it: the message begins with a cause word. */
  constructor(engine: DriverOptions["engine"], { processes = "auto", ...options }: LiveOptions) {
    this.#driver = Driver.open({ engine, ...options });
    try {
      this.#driver.start();
      this.#driver.scan({ source: processes });
    } catch (error) {
      this.#driver.close();
      throw error;
    }
  }

  next(): ScapBatch | "wait" | null {
    if (this.#state) this.#purge.tick(performance.now(), this.#state.threads);
    return this.#driver.next() ?? (this.#isStopped ? null : "wait");
  }

  stop(): void {
    if (!this.#isStopped) this.#driver.stop();
    this.#isStopped = true;
  }

  setInterest(codes?: Iterable<number>): void {
    this.#driver.setInterest(codes);
  }

  counters(): ReadonlyMap<string, bigint> {
    return this.#driver.metrics({ perCpu: true });
  }

  state(): State {
    this.#state = loadState(this.#driver);
    const state = this.#state;
    state.host = this.#machine;
    state.threads.lookUp = (tid) => this.#lookup.into(state, tid);
    return state;
  }

  interfaces(): Interface[] {
    return this.#driver.interfaces();
  }

  [Symbol.dispose](): void {
    this.#machine[Symbol.dispose]();
    this.#driver.close();
  }
}
