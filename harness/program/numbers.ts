/** Syscall numbers by name, from the schema. */
import { type PPM_SC, syscalls } from "#schema/syscalls";
import type { AbiName } from "./abi.ts";

type Tracepoint =
  | "sched_process_exit"
  | "sched_switch"
  | "page_fault_user"
  | "page_fault_kernel"
  | "signal_deliver";
export type SyscallName =
  | Exclude<Lowercase<keyof typeof PPM_SC>, "unknown" | Tracepoint>
  | keyof typeof ia32Only;

/** Calls that only 32-bit x86 has (arch/x86/entry/syscalls/syscall_32.tbl): the schema knows them as others. */
const ia32Only = {
  waitpid: 7,
  socketcall: 102,
  ipc: 117,
  _newselect: 142,
  mmap2: 192,
  truncate64: 193,
  ftruncate64: 194,
  stat64: 195,
  lstat64: 196,
  fstat64: 197,
  lchown32: 198,
  getuid32: 199,
  getgid32: 200,
  geteuid32: 201,
  getegid32: 202,
  setreuid32: 203,
  setregid32: 204,
  fchown32: 207,
  setresuid32: 208,
  getresuid32: 209,
  setresgid32: 210,
  getresgid32: 211,
  chown32: 212,
  setuid32: 213,
  setgid32: 214,
  fcntl64: 221,
  sendfile64: 239,
  fstatat64: 300,
} as const;

const byName = new Map<string, (typeof syscalls)[number]>(
  syscalls.filter((entry) => entry.kind === "syscall").map((entry) => [entry.name, entry]),
);

export const syscallNames = [...new Set([...byName.keys(), ...Object.keys(ia32Only)])] as SyscallName[];

/** Whether any architecture has a system call of that name; tracepoints are none. */
export const isCall = (name: string): boolean => byName.has(name);

export function isSyscall(name: string, abi: AbiName): boolean {
  return numberOf(name, abi) !== undefined;
}

/** A program needs what its architecture does not have. */
export class NotOnArchitecture extends Error {
  override readonly name = "NotOnArchitecture";
}

/** @throws NotOnArchitecture if the ABI has no such syscall; Error if nobody has. */
export function syscallNumber(name: string, abi: AbiName): number {
  const number = numberOf(name, abi);
  if (number === undefined) throw missingSyscall(name, abi);
  return number;
}

export function missingSyscall(name: string, abi: AbiName): Error {
  if (!byName.has(name) && !Object.hasOwn(ia32Only, name)) return new Error(`unknown syscall "${name}"`);
  return new NotOnArchitecture(`syscall ${name} does not exist on ${abi}`);
}

function numberOf(name: string, abi: AbiName): number | undefined {
  const entry = byName.get(name);
  if (abi !== "ia32") return entry?.nr[abi];
  return Object.hasOwn(ia32Only, name) ? ia32Only[name as keyof typeof ia32Only] : entry?.ia32;
}
