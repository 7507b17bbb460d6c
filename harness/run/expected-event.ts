/** What a case says about one event. */
import { type EventInfo, events } from "#schema/events";
import { type SyscallInfo, syscalls } from "#schema/syscalls";
import type { Expected, Num } from "./values.ts";

export interface ExpectedEvent {
  readonly syscall: SyscallInfo;
  readonly event: EventInfo;
  /** One per parameter of the event, in the event's order. */
  readonly params: readonly Expected[];
  /** The thread that the event belongs to; the program's first process if absent. */
  readonly tid?: Num;
}

const byName = new Map(syscalls.map((syscall) => [syscall.name, syscall]));

function find(name: string): SyscallInfo {
  const syscall = byName.get(name);
  if (!syscall) throw new Error(`the schema has no syscall or tracepoint named "${name}"`);
  return syscall;
}

function expectation(
  syscall: SyscallInfo,
  code: number,
  params: Readonly<Record<string, Expected>>,
  tid?: Num,
): ExpectedEvent {
  const info = events[code]!;
  const unknown = Object.keys(params).filter((name) => !info.params.some((param) => param.name === name));
  if (unknown.length > 0) throw new Error(`event ${info.name} has no parameter ${unknown.join(", ")}`);
  const ordered = info.params.map(({ name }) => {
    const expected = params[name];
    if (!expected) throw new Error(`event ${info.name}: nothing is said about parameter "${name}"`);
    return expected;
  });
  return { syscall, event: info, params: ordered, ...(tid === undefined ? {} : { tid }) };
}

/** The exit event of a syscall, or the event of a tracepoint, with every parameter by name. */
export function event(name: string, params: Readonly<Record<string, Expected>>, tid?: Num): ExpectedEvent {
  const syscall = find(name);
  return expectation(syscall, syscall.exit, params, tid);
}

/** The enter event of one of the syscalls whose arguments are read twice (TOCTOU). */
export function enterEvent(
  name: string,
  params: Readonly<Record<string, Expected>>,
  tid?: Num,
): ExpectedEvent {
  const syscall = find(name);
  if (syscall.enter === null) throw new Error(`${name} sends no enter event`);
  return expectation(syscall, syscall.enter, params, tid);
}
