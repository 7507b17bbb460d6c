/** What is known after a run: the program's own results and memory. Expected values are made from these. */
import type { BytesRef, Ref } from "../program/model.ts";

export interface RunFacts {
  /** Thread id of the program's first process, in the root pid namespace. */
  readonly mainTid: bigint;
  /** A result of a call, or a word of memory after the run. */
  value(ref: Ref): bigint;
  /** Memory after the run. */
  bytes(ref: BytesRef): Uint8Array;
  /** Directory in which the program started, absolute. */
  readonly cwd: string;
  /** The cgroup the program ran in, as a path below the cgroup v2 mount: "/scapyard.7". */
  readonly cgroup: string;
}
