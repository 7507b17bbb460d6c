import { existsSync } from "node:fs";
import { LiveCapture as Driver, ScapError } from "../../scap/index.ts";
import type { FdInfo } from "../state/fd.ts";
import { listedFd } from "../state/load-fds.ts";
import type { Found } from "../state/lookup.ts";
import type { Host, State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";

/** What no event tells: this machine is asked for it, by /proc. */
export class ThisMachine implements Host, Disposable {
  #lister: Driver | null = null;

  isAlive({ pid, tid }: Thread): boolean {
    return existsSync(`/proc/${pid}/task/${tid}`);
  }

  fds(pid: number, wanted: readonly number[], state: State): Map<number, FdInfo> {
    const found = new Map<number, FdInfo>();
    for (const listed of this.#list(pid)?.fds() ?? []) {
      const number = Number(listed.fd);
      if (wanted.includes(number)) found.set(number, listedFd(listed, state));
    }
    return found;
  }

  /** What it knows of a thread; null: it has ended. */
  thread(tid: number): Found | null {
    const lister = this.#list(tid);
    const [thread] = lister?.threads() ?? [];
    return lister && thread ? { thread, fds: lister.fds() } : null;
  }

  /** @returns null if there is no such thread */
  #list(tid: number): Driver | null {
    this.#lister ??= Driver.open({ engine: "nodriver" });
    try {
      this.#lister.scan({ pid: tid, threads: false, machine: false });
    } catch (error) {
      if (error instanceof ScapError) return null; // it has ended meanwhile
      throw error;
    }
    return this.#lister;
  }

  [Symbol.dispose](): void {
    this.#lister?.close();
  }
}
