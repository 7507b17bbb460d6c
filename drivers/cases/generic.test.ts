/** Calls without an event of their own: one event tells which call it was, and nothing else. */
import type { Arg, BlockBuilder, CallOptions, SyscallName } from "../../harness/program/index.ts";
import { NotOnArchitecture } from "../../harness/program/numbers.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { u16 } from "../../harness/run/values.ts";

interface Generic {
  readonly name: SyscallName;
  /** PPM_SC number, equal everywhere. */
  readonly id: number;
  /** Number of the call, from the kernel's tables (aarch64 and riscv64 have the generic one). */
  readonly nr: Readonly<Partial<Record<"x86_64" | "s390x" | "ppc64le" | "generic", number>>>;
  readonly args?: (p: BlockBuilder) => (Arg | CallOptions)[];
}

const calls: Generic[] = [
  { name: "sched_yield", id: 99, nr: { x86_64: 24, s390x: 158, ppc64le: 158, generic: 124 } },
  {
    name: "getpriority",
    id: 60,
    nr: { x86_64: 140, s390x: 96, ppc64le: 96, generic: 141 },
    args: () => [0, 0],
  },
  {
    name: "times",
    id: 31,
    nr: { x86_64: 100, s390x: 43, ppc64le: 43, generic: 153 },
    args: (p) => [p.buffer(32)],
  },
  { name: "sync", id: 24, nr: { x86_64: 162, s390x: 36, ppc64le: 36, generic: 81 } },
  {
    name: "umask",
    id: 37,
    nr: { x86_64: 95, s390x: 60, ppc64le: 60, generic: 166 },
    args: () => [0o77],
  },
  {
    name: "readlink",
    id: 51,
    nr: { x86_64: 89, s390x: 85, ppc64le: 85 },
    args: (p) => ["none", p.badPointer, 1, { errno: "ENOENT" }],
  },
  {
    name: "_newselect",
    id: 283,
    nr: { ppc64le: 142 },
    args: (p) => [0, null, null, null, p.struct("timeval")],
  },
];

for (const { name, id, nr, args = () => [] } of calls)
  syscallCase(name, "its number", (p) => {
    p.call(name, ...args(p));
    // Of a 32-bit call the number of the same 64-bit one is recorded.
    const own = p.abi.name === "ia32" ? "x86_64" : p.abi.name;
    const number = Object.entries(nr).find(([abi]) => abi === own)?.[1] ?? nr.generic;
    if (number === undefined) throw new NotOnArchitecture(`syscall ${name} does not exist on ${p.abi.name}`);
    return [event(name, { ID: u16(id), nativeID: u16(number) })];
  });
