/**
 * What the event code alone says of a field's value. A filter decides by this whole types of events at once, before it
 * reads anything of an event.
 */
import { EF, type EventInfo, events, PPME } from "#schema/events";
import type { FieldRef } from "./reference.ts";
import type { FieldValue } from "./source.ts";

/** The value of the field for every event of that code; undefined: that depends on the event. */
export function valueByCode(ref: FieldRef, code: number): FieldValue | undefined {
  const info = events[code];
  if (!info) return undefined; // a newer schema's event
  const known = byName[ref.field.name];
  if (known) return known(info, ref);
  if (ref.field.name.startsWith("fd.")) return info.flags & fdFlags ? undefined : null;
  return undefined;
}

/** Whether valueByCode() ever answers for that field. */
export const dependsOnCode = ({ field }: FieldRef) =>
  Object.hasOwn(byName, field.name) || field.name.startsWith("fd.");

const fdFlags = EF.CREATES_FD | EF.USES_FD | EF.DESTROYS_FD;

type ByCode = (info: EventInfo, ref: FieldRef) => FieldValue | undefined;

/** Events with names of their own in each event: unnamed syscalls and what plugins send. */
const namedByContent = new Set<number>([PPME.GENERIC_E, PPME.GENERIC_X, PPME.ASYNCEVENT_E]);

const name: ByCode = (info) => (namedByContent.has(info.code) ? undefined : info.name);
const hasFlag =
  (flags: number): ByCode =>
  (info) =>
    (info.flags & flags) !== 0;

/** Absent from events that have no such parameter; an index says nothing before the event is seen. */
const parameter: ByCode = (info, { argument }) =>
  typeof argument === "string" && !info.params.some((param) => param.name === argument) ? null : undefined;

const byName: Readonly<Record<string, ByCode>> = {
  "evt.type": name,
  "syscall.type": (info, ref) => (info.source === "SYSCALL" ? name(info, ref) : null),
  "evt.type.is": (info, { argument }) => {
    const first = firstCodes().get(argument as string)!;
    return info.code === first || info.code === first + 1 ? 1 : 0;
  },
  "evt.dir": (info) => (info.code % 2 === 0 ? ">" : "<"),
  "evt.is_async": (info) => info.source === "METAEVENT",
  "evt.is_io": hasFlag(EF.READS_FROM_FD | EF.WRITES_TO_FD),
  "evt.is_io_read": hasFlag(EF.READS_FROM_FD),
  "evt.is_io_write": hasFlag(EF.WRITES_TO_FD),
  "evt.is_wait": hasFlag(EF.WAITS),
  "evt.io_dir": ({ flags }) => (flags & EF.WRITES_TO_FD ? "write" : flags & EF.READS_FROM_FD ? "read" : null),
  "evt.count": () => 1,
  "evt.count.exit": (info) => (info.code % 2 === 1 ? 1 : null),
  "evt.arg": parameter,
  "evt.rawarg": parameter,
};

let first: Map<string, number> | undefined;
/** The lowest code of each event name. */
function firstCodes(): Map<string, number> {
  if (!first) {
    first = new Map();
    for (const { name, code } of events) if (!first.has(name)) first.set(name, code);
  }
  return first;
}
