/** A parameter as text: its raw form, and what it means (a name for a number, an absolute path), if that says more. */
import { events, type ParamInfo } from "#schema/events";
import { syscalls } from "#schema/syscalls";
import type { SockAddr, SockTuple } from "../../scap/address.ts";
import type { Dyn, PolledFd } from "../../scap/decode.ts";
import type { Int } from "../../scap/int.ts";
import { AT_FDCWD, directoryOf } from "../parsers/paths.ts";
import { addressText, tupleText } from "../state/fd-name.ts";
import { joinPath } from "../state/path.ts";
import type { State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import { dottedText } from "./bytes.ts";
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
  /** Value of another parameter of the same event. */
  param(index: number): unknown;
}

type Printer = (value: never, scene: Scene, param: ParamInfo) => Printed;

const plain = (raw: string): Printed => ({ raw, resolved: "" });

function number(value: Int, { format }: Pick<ParamInfo, "format">): string {
  if (format === "HEX")
    return (value < 0 ? BigInt.asUintN(64, BigInt(value)) : value).toString(16).toUpperCase();
  if (format === "OCT") return Number(value) === 0 ? "0" : `0${value.toString(8)}`;
  return String(value);
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
const oneLine = (name: string) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return name.replace(/[\x00-\x1f\x7f]/g, "");
};

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

function path(value: string, { thread }: Scene): Printed {
  const relative = thread && value !== "" && !value.startsWith("/") && value !== "<NA>";
  return { raw: value, resolved: relative ? joinPath(thread.cwd, value) : "" };
}

function relativePath(value: string, scene: Scene, { dirfd }: ParamInfo): Printed {
  const { thread } = scene;
  if (!thread || value === "" || value.startsWith("/") || value === "<NA>") return plain(value);
  const at = dirfd === undefined ? AT_FDCWD : Number(scene.param(dirfd) ?? AT_FDCWD);
  return { raw: value, resolved: joinPath(directoryOf(thread, at), value) };
}

const noId = 0xffffffff;

const user = (value: number, { state }: Scene): Printed =>
  value === noId
    ? { raw: "-1", resolved: "<NONE>" }
    : { raw: String(value), resolved: state.users.user(value).name };

const group = (value: number, { state }: Scene): Printed =>
  value === noId
    ? { raw: "-1", resolved: "<NONE>" }
    : { raw: String(value), resolved: state.users.group(value).name };

const fdList = (value: readonly PolledFd[], { thread }: Scene): Printed =>
  plain(
    value
      .map(({ fd, events }) => `${fd}:${thread?.fd(Number(fd))?.char ?? ""}${events.toString(16)}`)
      .join(" "),
  );

function signalSet(value: number): Printed {
  const names: string[] = [];
  for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) names.push(signalName(bit + 1));
  return plain(names.join(" "));
}

function duration(value: Int): Printed {
  const ns = BigInt.asIntN(64, BigInt(value));
  if (ns === -1n) return { raw: "none", resolved: "" };
  return { raw: String(value), resolved: `${Number(value) / 1e9}s` };
}

function dynamic({ type, value }: Dyn, scene: Scene, param: ParamInfo): Printed {
  if (value === null) return plain("<NA>");
  // A variant is printed as its own type is; only plain integers have a notation.
  return printValue({ ...param, type }, value, scene);
}

const printers: Readonly<Partial<Record<ParamInfo["type"], Printer>>> = {
  ERRNO: errno,
  FD: fd,
  FD32: fd,
  PID: pid,
  PID32: pid,
  CHARBUF: (value: string) => plain(value),
  FSPATH: path,
  FSRELPATH: relativePath,
  BYTEBUF: (value: Uint8Array) => plain(dottedText(value)),
  CHARBUFARRAY: (value: readonly string[]) => plain(value.join(" ")),
  CHARBUF_PAIR_ARRAY: (value: readonly string[]) => plain(value.join(" ")),
  SOCKADDR: (value: SockAddr) => plain(addressText(value)),
  SOCKTUPLE: (value: SockTuple) => plain(tupleText(value)),
  IPV4ADDR: (value: string) => plain(value),
  IPV6ADDR: (value: string) => plain(value),
  FDLIST: fdList,
  SYSCALLID: (value: number) => ({ raw: String(value), resolved: syscalls[value - 1]?.name ?? "" }),
  SIGTYPE: (value: number) => ({ raw: String(value), resolved: signalName(value) }),
  SIGSET: signalSet,
  RELTIME: duration,
  ABSTIME: (value: Int) => plain(`${dateText(BigInt(value))}.${fraction(BigInt(value))}`),
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
};

export function printValue(param: ParamInfo, value: unknown, scene: Scene): Printed {
  if (value === null) return plain(empty[param.type] ?? "<NA>");
  return ((printers[param.type] ?? integer) as Printer)(value as never, scene, param);
}

export const paramsOf = (code: number): readonly ParamInfo[] => events[code]?.params ?? [];
