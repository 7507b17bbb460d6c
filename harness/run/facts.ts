/** What is known after a run: the program's own results and memory. Expected values are made from these. */
import type { BytesRef, Program, Ref } from "../program/model.ts";
import { type RunFacts as Replied, resolver } from "../program/resolve.ts";
import type { Arch } from "./target.ts";

export interface RunFacts {
  /** Thread id of the program's first process, in the root pid namespace. */
  readonly mainTid: bigint;
  readonly arch: Arch;
  /** Of the guest's kernel, in bytes. */
  readonly pageSize: number;
  /** A result of a call, or a word of memory after the run. @throws if the call did not run */
  value(ref: Ref): bigint;
  /** Memory after the run. */
  bytes(ref: BytesRef): Uint8Array;
}

export function runFacts(program: Program, replied: Replied, pageSize: number): RunFacts {
  const resolve = resolver(program, replied);
  const value = (ref: Ref) => BigInt(resolve(ref) as number | bigint);
  return {
    mainTid: value({ kind: "pid" }),
    arch: program.arch,
    pageSize,
    value,
    bytes: (ref) => resolve(ref) as Uint8Array,
  };
}
