/** A parameter as text: its raw form, and what it means (a name for a number, an absolute path), if that says more. */
import { events, type ParamInfo } from "#schema/events";
import { syscalls } from "#schema/syscalls";
import { type ParamType, typeSize } from "#schema/types";
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import type { Dyn, PolledFd } from "../../scap/decode.ts";
import type { Int } from "../../scap/int.ts";
import { AT_FDCWD } from "../parsers/paths.ts";
import { addressText, tupleText } from "../state/fd-name.ts";
import { joinPath } from "../state/path.ts";
import type { State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import { type BufferFormat, bufferText } from "./bytes.ts";
import { enumNames, flagNames, modeNames } from "./flags.ts";
import { errnoName, signalName } from "./names.ts";
import { dateText, fraction } from "./time.ts";

export interface Printed {
  readonly raw: string;
  /** "" if there is nothing to add. */
  readonly resolved: string;
}

/** What meanings are taken from. */
export interface Scene {
  readonly state: State;
  readonly thread: Thread | undefined;
  /** How data is shown. */
  readonly bufferFormat: BufferFormat;
  /** Value of another parameter of the same event. */
  param(index: number): unknown;
}

type Printer = (value: never, scene: Scene, param: ParamInfo) => Printed;

const plain = (raw: string): Printed => ({ raw, resolved: "" });

/** As C prints it: what is smaller than an int is one. */
export function hexDigits(value: Int, type: ParamType): string {
  const bits = typeSize[type] === 8 ? 64 : 32;
  return (value < 0 ? BigInt.asUintN(bits, BigInt(value)) : value).toString(16).toUpperCase();
}

function number(value: Int, { format, type }: Pick<ParamInfo, "format" | "type">): string {
  if (format === "HEX") return hexDigits(value, type);
  if (format === "OCT") return Number(value) === 0 ? "0" : `0${value.toString(8)}`;
  return String(value > 0x7fffffff ? signed(value, type) : value);
}

/** An offset of lseek() is unsigned in the schema, and can go backwards: such numbers are printed as signed ones. */
function signed(value: Int, type: ParamType): Int {
  if (type === "UINT32") return Number(value) | 0;
  return type === "UINT64" ? BigInt.asIntN(64, BigInt(value)) : value;
}

const integer = (value: Int, _: Scene, param: ParamInfo) => plain(number(value, param));

const errno = (value: Int): Printed => ({
  raw: String(value),
  resolved: value < 0 ? errnoName(-Number(value)) : "",
});

function fd(value: Int, { thread }: Scene): Printed {
  const raw = String(value);
  const at = Number(value);
  if (at === AT_FDCWD) return { raw, resolved: "AT_FDCWD" };
  if (at < 0) return { raw, resolved: errnoName(-at) };
  const info = thread?.fd(at);
  return { raw, resolved: info ? `<${info.tag}>${oneLine(info.name)}` : "" };
}

/** Names come from programs: control characters must not reach a terminal. */
export const oneLine = (name: string) => (control.test(name) ? name.replace(controls, "") : name);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\x00-\x1f\x7f]/;
const controls = new RegExp(control, "g");

const pid = (value: Int, { state }: Scene): Printed => ({
  raw: String(value),
  resolved: state.threads.get(Number(value))?.comm ?? "",
});

const flags = (value: number, _: Scene, { table }: ParamInfo): Printed => ({
  raw: String(value),
  resolved: flagNames(table, value),
});

const enumeration = (value: number, _: Scene, { table }: ParamInfo): Printed => ({
  raw: String(value),
  resolved: enumNames(table, value),
});

const mode = (value: number, _: Scene, param: ParamInfo): Printed => ({
  raw: number(value, param),
  resolved: modeNames(param.table, value),
});

/** Old drivers wrote this where a program gave no text. */
const orNone = (value: string) => (value === "(NULL)" ? "<NA>" : value);

/**
 * The absolute path, of a relative one. Behind the name of a descriptor the existing library puts it without a slash, and
 * lines must be the same; `fs.path.name` and `evt.abspath` have it.
 */
function path(value: string, scene: Scene, { dirfd }: ParamInfo): Printed {
  const raw = orNone(value);
  const { thread } = scene;
  if (!thread || raw === "" || raw.startsWith("/") || raw === "<NA>") return plain(raw);
  const at = dirfd === undefined ? AT_FDCWD : Number(scene.param(dirfd) ?? AT_FDCWD);
  const base = at === AT_FDCWD ? thread.cwd : (thread.fd(at)?.name ?? "");
  return { raw, resolved: joinPath(base, raw) };
}

const noId = 0xffffffff;

/** A name is one that the lists have: not even 0 has one of its own here. */
function owner(id: number, name: string | undefined): Printed {
  if (id === noId) return { raw: "-1", resolved: "<NONE>" };
  return { raw: String(id | 0), resolved: name || "<NA>" };
}

const user = (value: number, { state, thread }: Scene): Printed =>
  owner(value, thread && state.users.known(value)?.name);

const group = (value: number, { state, thread }: Scene): Printed =>
  owner(value, thread && state.users.knownGroup(value)?.name);

const fdList = (value: readonly PolledFd[], { thread }: Scene): Printed =>
  plain(
    value
      .map(({ fd, events }) => {
        const char = thread?.fd(Number(fd))?.char ?? "?";
        return `${BigInt.asUintN(64, BigInt(fd))}:${char}${events.toString(16)}`;
      })
      .join(" "),
  );

function signalSet(value: number): Printed {
  const names: string[] = [];
  for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) names.push(signalName(bit + 1));
  return plain(names.filter(Boolean).join(" "));
}

function duration(value: Int): Printed {
  const ns = BigInt.asIntN(64, BigInt(value));
  if (ns === -1n) return { raw: "none", resolved: "" };
  return { raw: String(value), resolved: `${shortNumber(Number(value) / 1e9)}s` };
}

/** Six digits that count, like %g of C. */
function shortNumber(value: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(value.toPrecision(6)))));
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  const [digits, power] = value.toExponential(5).split("e");
  return `${Number(digits)}e${power!.startsWith("-") ? "-" : "+"}${power!.replace(/^[+-]/, "").padStart(2, "0")}`;
}

const maxSyscall = Math.max(...syscalls.map(({ sc }) => sc));

const syscallId = (value: number): Printed =>
  value > maxSyscall
    ? plain("<unknown syscall>")
    : { raw: String(value), resolved: syscalls[value - 1]?.name ?? "" };

const time = (value: Int) => {
  const ns = BigInt.asUintN(64, BigInt(value));
  return plain(`${dateText(ns)}.${fraction(ns)}`);
};

function dynamic({ type, value }: Dyn, scene: Scene, param: ParamInfo): Printed {
  // A failed getsockopt() has no data.
  if (value === null) return plain(type === "BYTEBUF" ? "" : "<NA>");
  // A variant is printed as its own type is; only plain integers have a notation.
  return printValue({ ...param, type }, value, scene);
}

const printers: Readonly<Partial<Record<ParamInfo["type"], Printer>>> = {
  ERRNO: errno,
  FD: fd,
  FD32: fd,
  PID: pid,
  PID32: pid,
  CHARBUF: (value: string) => plain(orNone(value)),
  FSPATH: path,
  FSRELPATH: path,
  BYTEBUF: (value: Uint8Array, { bufferFormat }: Scene) => plain(bufferText(value, bufferFormat)),
  CHARBUFARRAY: (value: readonly string[]) => plain(value.join(" ")),
  CHARBUF_PAIR_ARRAY: (value: readonly string[]) => plain(value.join(" ")),
  SOCKADDR: (value: SockAddr) => plain(addressText(value)),
  SOCKTUPLE: (value: SockTuple) => plain(tupleText(value)),
  IPV4ADDR: (value: string) => plain(value),
  IPV6ADDR: (value: string) => plain(value),
  FDLIST: fdList,
  SYSCALLID: syscallId,
  SIGTYPE: (value: number) => ({ raw: String(value), resolved: signalName(value) }),
  SIGSET: signalSet,
  RELTIME: duration,
  ABSTIME: time,
  BOOL: (value: boolean) => plain(String(value)),
  DYN: dynamic,
  FLAGS8: flags,
  FLAGS16: flags,
  FLAGS32: flags,
  ENUMFLAGS8: enumeration,
  ENUMFLAGS16: enumeration,
  ENUMFLAGS32: enumeration,
  MODE: mode,
  UID: user,
  GID: group,
};

/** What an empty parameter prints. */
const empty: Readonly<Partial<Record<ParamInfo["type"], string>>> = {
  BYTEBUF: "NULL",
  SOCKTUPLE: "NULL",
  FDLIST: "NULL",
  CHARBUFARRAY: "NULL",
  CHARBUF_PAIR_ARRAY: "NULL",
  DYN: "NULL",
};

export const emptyText = ({ type }: ParamInfo): string => empty[type] ?? "<NA>";

export function printValue(param: ParamInfo, value: unknown, scene: Scene): Printed {
  if (value === null) return plain(emptyText(param));
  return ((printers[param.type] ?? integer) as Printer)(value as never, scene, param);
}

export const paramsOf = (code: number): readonly ParamInfo[] => events[code]?.params ?? [];
