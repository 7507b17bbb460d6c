/** Syscall numbers by name, from the schema. */
import { type PPM_SC, syscalls } from "#schema/syscalls";
import type { AbiName } from "./abi.ts";

type Tracepoint =
  | "sched_process_exit"
  | "sched_switch"
  | "page_fault_user"
  | "page_fault_kernel"
  | "signal_deliver";
export type SyscallName = Exclude<Lowercase<keyof typeof PPM_SC>, "unknown" | Tracepoint>;

const byName = new Map<string, (typeof syscalls)[number]>(
  syscalls.filter((entry) => entry.kind === "syscall").map((entry) => [entry.name, entry]),
);

export const syscallNames = [...byName.keys()] as SyscallName[];

export function isSyscall(name: string, abi: AbiName): boolean {
  return numberOf(name, abi) !== undefined;
}

/** @throws if the schema has no such syscall, or the ABI has no number for it. */
export function syscallNumber(name: string, abi: AbiName): number {
  const number = numberOf(name, abi);
  if (number !== undefined) return number;
  throw new Error(
    byName.has(name) ? `syscall ${name} does not exist on ${abi}` : `unknown syscall "${name}"`,
  );
}

function numberOf(name: string, abi: AbiName): number | undefined {
  const entry = byName.get(name);
  return abi === "ia32" ? entry?.ia32 : entry?.nr[abi];
}
