/** All that is known of the machine at one event. */
import type { MachineInfo } from "../../scap/machine.ts";
import type { FdInfo } from "./fd.ts";
import { Interfaces } from "./interfaces.ts";
import { Threads } from "./threads.ts";
import { Users } from "./users.ts";

/** The machine that events come from, while they happen. */
export interface Host {
  /** What these descriptors of a process are open on; without those that there are not. */
  fds(pid: number, wanted: readonly number[], state: State): ReadonlyMap<number, FdInfo>;
}

export interface StateLimits {
  /** Further threads are not known, but counted; 262144 if not given. */
  readonly maxThreads?: number | undefined;
}

export class State {
  readonly threads: Threads;
  readonly users = new Users();
  readonly interfaces = new Interfaces();
  readonly machine: MachineInfo | null;
  /** Names of addresses, if the user of this library has any; no name server is asked. */
  hostNames: ReadonlyMap<string, string> = new Map();
  /** null: a capture file, whose machine nobody can ask. */
  host: Host | null = null;

  constructor(machine: MachineInfo | null = null, { maxThreads }: StateLimits = {}) {
    this.machine = machine;
    this.threads = new Threads(maxThreads);
  }
}
