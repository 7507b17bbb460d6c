import { syscalls } from "#schema/syscalls";
import type { ExpectedEvent } from "./expected-event.ts";

/** One bit per PPM_SC code, as libscap takes it. */
export function interestBits(expected: readonly ExpectedEvent[], also: readonly string[] = []): Uint8Array {
  const bits = new Uint8Array(64);
  const set = (sc: number) => {
    bits[sc >> 3]! |= 1 << (sc & 7);
  };
  for (const { syscall } of expected) set(syscall.sc);
  for (const name of also) {
    const syscall = syscalls.find((entry) => entry.name === name);
    if (!syscall) throw new Error(`the schema has no syscall or tracepoint named "${name}"`);
    set(syscall.sc);
  }
  return bits;
}
