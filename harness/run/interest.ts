import { syscalls } from "#schema/syscalls";
import type { ExpectedEvent } from "./expected-event.ts";

/** The PPM_SC codes of the syscalls and tracepoints that the events belong to, and of others by name. */
export function interestOf(expected: readonly ExpectedEvent[], also: readonly string[] = []): number[] {
  const codes = expected.map(({ syscall }) => syscall.sc);
  for (const name of also) {
    const syscall = syscalls.find((entry) => entry.name === name);
    if (!syscall) throw new Error(`the schema has no syscall or tracepoint named "${name}"`);
    codes.push(syscall.sc);
  }
  return [...new Set(codes)];
}
