/** syscalls/*.yaml: numbers, events and fillers of system calls; tracepoints, which are chosen like them. */

import { type Arch, archs, genericArchs } from "./archs.ts";
import type { Event, Syscall } from "./model.ts";
import { type SyscallEntry, syscallsShape } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

type SyscallSource = Entry<SyscallEntry>;

const isTracepoint = (entry: SyscallSource) => entry.document.file.endsWith("/tracepoints.yaml");

export function readSyscalls(dir: string, events: readonly Event[], problems: Problems): Syscall[] {
  const entries = readEntries(dir, "syscalls/*.yaml", syscallsShape, problems).toSorted(
    (a, b) => a.value.sc - b.value.sc,
  );
  checkCodes(entries, problems);
  const codes = Object.fromEntries(events.map(({ symbol, code }) => [symbol.slice(0, -2), code & ~1]));
  const syscalls = entries.map((entry) => readSyscall(entry, codes, events, problems));
  checkNumbers(entries, syscalls, problems);
  return syscalls;
}

function readSyscall(
  entry: SyscallSource,
  codes: Record<string, number>,
  events: readonly Event[],
  problems: Problems,
): Syscall {
  const { value } = entry;
  const tracepoint = isTracepoint(entry);
  const event = value.event ?? "GENERIC";
  const pair = problems.find(codes, event, entry, ["event"]) ?? 0;
  const was = value.was.map((name, index) => problems.find(codes, name, entry, ["was", index]) ?? 0);
  checkFillers(entry, problems);
  const used = [...was, pair]
    .flatMap((code) => [code, code + 1])
    .filter((code) => events[code]?.name !== "NA");
  return {
    sc: value.sc,
    name: entry.key,
    kind: tracepoint ? "tracepoint" : "syscall",
    enter: value.sends_enter ? pair : null,
    exit: tracepoint ? pair : pair + 1,
    events: [...new Set(used)].sort((a, b) => a - b),
    filler: value.filler ?? (event === "GENERIC" ? "generic" : null),
    drop: value.drop ?? null,
    nr: readNumbers(value),
    ia32: readIa32(value),
  };
}

/** `nr: 437` is the number everywhere, `generic` that of the architectures with the kernel's generic table. */
function readNumbers({ nr }: SyscallEntry): Partial<Record<Arch, number>> {
  if (nr === undefined) return {};
  const numberOn = (arch: Arch): number | undefined => {
    if (typeof nr === "number") return nr;
    return nr[arch] ?? (genericArchs.some((generic) => generic === arch) ? nr.generic : undefined);
  };
  return Object.fromEntries(
    archs.flatMap((arch) => (numberOn(arch) === undefined ? [] : [[arch, numberOn(arch)]])),
  );
}

function readIa32({ nr, ia32 }: SyscallEntry): number[] {
  if (ia32 === undefined) return typeof nr === "number" ? [nr] : [];
  return typeof ia32 === "number" ? [ia32] : ia32;
}

function checkFillers(entry: SyscallSource, problems: Problems): void {
  const { value } = entry;
  if (isTracepoint(entry)) {
    if (value.event === undefined) problems.add("missing-key", "a tracepoint needs an event", entry);
    if (value.nr !== undefined) problems.add("value", "a tracepoint has no number", entry, ["nr"], "key");
  }
  if (value.filler !== undefined && value.event === undefined)
    problems.add("value", "the generic event has a filler already", entry, ["filler"]);
  if (value.sends_enter && value.event === undefined)
    problems.add("value", "no enter event without an own event", entry, ["sends_enter"], "key");
}

/** Code 0 means unknown; from 1 on there is no gap. */
function checkCodes(entries: readonly SyscallSource[], problems: Problems): void {
  for (const [index, entry] of entries.entries()) {
    if (entry.value.sc === index + 1) continue;
    const before = entries[index - 1];
    const message =
      before?.value.sc === entry.value.sc
        ? `code ${entry.value.sc} is taken by ${before.key} already`
        : `codes go up by one without a gap: expected ${index + 1}`;
    problems.add("conflict", message, entry, ["sc"]);
    return;
  }
}

function checkNumbers(
  entries: readonly SyscallSource[],
  syscalls: readonly Syscall[],
  problems: Problems,
): void {
  const taken = new Map<string, string>();
  for (const [index, { nr, ia32, name, filler }] of syscalls.entries()) {
    const numbers = [...Object.entries(nr), ...ia32.map((number) => ["ia32", number] as const)];
    for (const [arch, number] of numbers) {
      const other = taken.get(`${arch} ${number}`);
      if (other)
        problems.add("conflict", `${arch} number ${number} is that of ${other}`, entries[index]!, [
          arch === "ia32" && entries[index]!.value.ia32 !== undefined ? "ia32" : "nr",
        ]);
      taken.set(`${arch} ${number}`, name);
    }
    if (ia32.length > 0 && nr.x86_64 === undefined && (filler ?? "generic") === "generic")
      problems.add("value", "a call of 32-bit programs only needs a filler of its own", entries[index]!, [
        "ia32",
      ]);
  }
}
