/** Fields of an event's parameters and result. */
import { events, PPME } from "#schema/events";
import { dottedText } from "../print/bytes.ts";
import { type GetterMaker, type Getters, of, type SinspEvent } from "./getter.ts";

/** Index of a parameter, by event code; −1: no such one. */
export function indexes(name: string): Int16Array {
  return Int16Array.from(events, ({ params }) => params.findIndex((param) => param.name === name));
}

/** Filters see data as a line with dots, in whatever format it is shown. */
const argument: GetterMaker = (selector, purpose) => {
  const byCode = typeof selector === "string" ? indexes(selector) : null;
  return (evt) => {
    const index = byCode ? byCode[evt.code]! : (selector as number);
    const value = purpose === "filter" ? evt.param(index) : null;
    if (value instanceof Uint8Array) return dottedText(value);
    const printed = evt.printed(index);
    return printed ? printed.resolved || printed.raw : null;
  };
};

function result(evt: SinspEvent): string | null {
  if (evt.result === null) return null;
  if (evt.result >= 0) return "SUCCESS";
  const printed = evt.printed(0)!;
  return printed.resolved || printed.raw;
}

const failed = (evt: SinspEvent) => (evt.result === null ? null : evt.result < 0);
const failures = (evt: SinspEvent) => (evt.result === null ? null : Number(evt.result < 0));

const opens = new Set<number>([
  PPME.SYSCALL_OPEN_X,
  PPME.SYSCALL_CREAT_X,
  PPME.SYSCALL_OPENAT_2_X,
  PPME.SYSCALL_OPENAT2_X,
  PPME.SYSCALL_OPEN_BY_HANDLE_AT_X,
]);
const connections = new Set<number>([PPME.SOCKET_ACCEPT_5_X, PPME.SOCKET_ACCEPT4_6_X, PPME.SOCKET_CONNECT_X]);
const netTypes = new Set(["ipv4", "ipv6", "unix"]);

const isFile = ({ fd, code }: SinspEvent) =>
  fd ? fd.word === "file" || fd.word === "directory" : opens.has(code);
const isNet = ({ fd, code }: SinspEvent) => (fd ? netTypes.has(fd.word ?? "") : connections.has(code));
const isMemory = ({ raw }: SinspEvent) => raw.info.category === "MEMORY";
const isOther = (evt: SinspEvent) => !isFile(evt) && !isNet(evt) && (evt.fd !== undefined || !isMemory(evt));

/** Bits of what open was asked for. */
const O = { RDONLY: 1, WRONLY: 2, CREAT: 4, TMPFILE: 8192, F_CREATED: 16384 } as const;
const execBits = 0o111;
const flagsIndex = indexes("flags");
const modeIndex = indexes("mode");

const openFlags = (evt: SinspEvent) =>
  opens.has(evt.code) && evt.code !== PPME.SYSCALL_CREAT_X
    ? ((evt.param(flagsIndex[evt.code]!) as number | null) ?? 0)
    : 0;

function opensExecutable(evt: SinspEvent): boolean {
  const at = opens.has(evt.code) ? modeIndex[evt.code]! : -1;
  if (at < 0) return false;
  const creates = evt.code === PPME.SYSCALL_CREAT_X || (openFlags(evt) & (O.CREAT | O.TMPFILE)) !== 0;
  return creates && (((evt.param(at) as number | null) ?? 0) & execBits) !== 0;
}

function createsFile(evt: SinspEvent): boolean {
  const flags = openFlags(evt);
  return (flags & O.F_CREATED) !== 0 || ((flags & O.TMPFILE) !== 0 && evt.result! >= 0);
}

export const args: Getters = {
  "evt.args": of((evt) => evt.args),
  "evt.info": of((evt) => evt.args),
  "evt.arg": argument,
  "evt.res": of(result),
  "evt.rawres": of((evt) => evt.result),
  "evt.failed": of(failed),
  "evt.count.error": of(failures),
  "evt.count.error.file": of((evt) => (isFile(evt) ? failures(evt) : null)),
  "evt.count.error.net": of((evt) => (isNet(evt) ? failures(evt) : null)),
  "evt.count.error.memory": of((evt) => (isMemory(evt) ? failures(evt) : null)),
  "evt.count.error.other": of((evt) => (isOther(evt) ? failures(evt) : null)),
  "evt.is_open_read": of((evt) => (openFlags(evt) & O.RDONLY) !== 0),
  "evt.is_open_write": of((evt) => (openFlags(evt) & O.WRONLY) !== 0),
  "evt.is_open_exec": of(opensExecutable),
  "evt.is_open_create": of(createsFile),
};
