/** Calls without an event of their own: one event tells which call it was, and nothing else. */
import type { Arg, BlockBuilder, CallOptions, SyscallName } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { u16 } from "../../harness/run/values.ts";

interface Generic {
  readonly name: SyscallName;
  /** PPM_SC number, equal everywhere. */
  readonly id: number;
  /** Number of the call, from the kernel's tables. */
  readonly x86_64: number;
  readonly args?: (p: BlockBuilder) => (Arg | CallOptions)[];
}

const calls: Generic[] = [
  { name: "sched_yield", id: 99, x86_64: 24 },
  { name: "getpriority", id: 60, x86_64: 140, args: () => [0, 0] },
  { name: "times", id: 31, x86_64: 100, args: (p) => [p.buffer(32)] },
  { name: "sync", id: 24, x86_64: 162 },
  { name: "umask", id: 37, x86_64: 95, args: () => [0o77] },
  { name: "readlink", id: 51, x86_64: 89, args: (p) => ["none", p.badPointer, 1, { errno: "ENOENT" }] },
];

for (const { name, id, x86_64, args = () => [] } of calls)
  syscallCase(name, "its number", (p) => {
    p.call(name, ...args(p));
    return [event(name, { ID: u16(id), nativeID: u16(x86_64) })];
  });
