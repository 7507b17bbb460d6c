/** evt.args as bytes. What parameters mean is defined in param.ts; a test compares the lines of both ways. */
import { EF, events, type ParamInfo, PPME } from "#schema/events";
import type { ScapEvent } from "../../scap/event.ts";
import { getI64, getU64, type Int } from "../../scap/int.ts";
import { integerSizes, kindOfType, kinds, readInteger } from "../../scap/integers.ts";
import { frame } from "../../scap/layout.ts";
import { AT_FDCWD } from "../parsers/paths.ts";
import { printOne } from "./args.ts";
import type { AsciiWriter } from "./ascii.ts";
import { enumNames, flagNames } from "./flags.ts";
import { errnoName } from "./names.ts";
import { emptyText, type Scene } from "./param.ts";

/** The value has `length` bytes at `at`, at least one. @returns false: void, ask printValue() */
type ParamWriter = (out: AsciiWriter, event: ScapEvent, at: number, length: number, scene: Scene) => boolean;

interface Arg {
  /** Blank, name and equals sign. */
  readonly head: string;
  /** The same with what stands for an empty one. */
  readonly empty: string;
  readonly write: ParamWriter | undefined;
}

/** null: not written this way, for the lengths are wide ones. */
const byCode: (readonly Arg[] | null | undefined)[] = [];

function argsOf(code: number): readonly Arg[] | null {
  let known = byCode[code];
  if (known === undefined) {
    const info = events[code];
    known = !info || info.flags & EF.LARGE_PAYLOAD ? null : info.params.map(argOf);
    byCode[code] = known;
  }
  return known;
}

function argOf(param: ParamInfo, index: number): Arg {
  const head = `${index > 0 ? " " : ""}${param.name}=`;
  return { head, empty: head + emptyText(param), write: writerOf(param) };
}

export function writeArgs(event: ScapEvent, scene: Scene, out: AsciiWriter): boolean {
  const { type, nparams, arenaView: view, frameAt } = event;
  if (type === PPME.GENERIC_X || type === PPME.GENERIC_E) return true;
  const all = argsOf(type);
  if (!all) return false;
  const count = Math.min(all.length, nparams);
  const lengths = frameAt + frame.length;
  let at = lengths + 2 * nparams;
  for (let index = 0; index < count; index++) {
    const length = view.getUint16(lengths + 2 * index, true);
    const { head, empty, write } = all[index]!;
    if (length === 0) {
      out.constant(empty);
      continue;
    }
    out.constant(head);
    const before = out.at;
    if (!write?.(out, event, at, length, scene)) {
      out.at = before;
      if (!out.text(printOne(event, index, scene))) return false;
    }
    at += length;
  }
  return true;
}

const text: ParamWriter = (out, { arena }, at, length) =>
  out.ascii(arena, at, arena[at + length - 1] === 0 ? length - 1 : length);

/** An absolute path means itself. */
const path: ParamWriter = (out, event, at, length, scene) =>
  event.arena[at] === 0x2f && text(out, event, at, length, scene);

const data: ParamWriter = (out, { arena }, at, length) => out.dotted(arena, at, length);

/** Writes a number of that kind; not one of other than the kind's bytes, or beyond ±2^53. */
const integer =
  (kind: number, write: (out: AsciiWriter, value: number, scene: Scene) => boolean): ParamWriter =>
  (out, { arenaView }, at, length, scene) => {
    if (length !== integerSizes[kind]) return false;
    const value = valueAt(kind, arenaView, at);
    return typeof value === "number" && write(out, value, scene);
  };

function valueAt(kind: number, view: DataView, at: number): Int {
  if (kind === kinds.i64) return getI64(view, at);
  return kind === kinds.u64 ? getU64(view, at) : readInteger(kind, view, at);
}

function decimal(out: AsciiWriter, value: number): boolean {
  out.decimal(value);
  return true;
}

/** All of 64 bits, whatever their sign: beyond ±2^53 they would be a bigint. What is smaller has 32, as in C. */
const hex =
  (kind: number): ParamWriter =>
  (out, { arenaView: view }, at, length) => {
    if (length !== integerSizes[kind]) return false;
    if (length === 8) {
      out.hex(view.getUint32(at + 4, true), view.getUint32(at, true));
      return true;
    }
    out.hex(0, readInteger(kind, view, at) as number);
    return true;
  };

function octal(out: AsciiWriter, value: number): boolean {
  if (value < 0) return false;
  out.constant(value === 0 ? "0" : `0${value.toString(8)}`);
  return true;
}

function errno(out: AsciiWriter, value: number): boolean {
  out.decimal(value);
  return value >= 0 || meaning(out, errnoName(-value));
}

function meaning(out: AsciiWriter, name: string): boolean {
  if (name === "") return true;
  out.plain(0x28);
  out.constant(name);
  out.plain(0x29);
  return true;
}

function fd(out: AsciiWriter, value: number, { thread }: Scene): boolean {
  out.decimal(value);
  if (value < 0) return meaning(out, value === AT_FDCWD ? "AT_FDCWD" : errnoName(-value));
  const info = thread?.fd(value);
  if (!info) return true;
  out.constant("(<");
  out.constant(info.tag);
  out.plain(0x3e);
  const isWritten = out.text(info.name);
  out.plain(0x29);
  return isWritten;
}

function pid(out: AsciiWriter, value: number, { state }: Scene): boolean {
  const name = state.threads.get(value)?.comm ?? "";
  out.decimal(value);
  if (name === "") return true;
  out.plain(0x28);
  const isWritten = out.text(name);
  out.plain(0x29);
  return isWritten;
}

const AF_INET = 2;

/** Of IPv4; all others are rarer. */
const address: ParamWriter = (out, { arenaView: view }, at, length) => {
  if (length !== 7 || view.getUint8(at) !== AF_INET) return false;
  endpoint(out, view, at + 1);
  return true;
};

const tuple: ParamWriter = (out, { arenaView: view }, at, length) => {
  if (length !== 13 || view.getUint8(at) !== AF_INET) return false;
  endpoint(out, view, at + 1);
  out.constant("->");
  endpoint(out, view, at + 7);
  return true;
};

function endpoint(out: AsciiWriter, view: DataView, at: number): void {
  for (let i = 0; i < 4; i++) {
    if (i > 0) out.plain(0x2e);
    out.decimal(view.getUint8(at + i));
  }
  out.plain(0x3a);
  out.decimal(view.getUint16(at + 4, true));
}

/** Programs use few combinations of flags. */
const remembered = 256;

function named(
  table: string | undefined,
  names: (table: string | undefined, value: number) => string,
): (out: AsciiWriter, value: number) => boolean {
  const known = new Map<number, string>();
  return (out, value) => {
    let shown = known.get(value);
    if (shown === undefined) {
      shown = names(table, value);
      if (known.size >= remembered) known.clear();
      known.set(value, shown);
    }
    out.decimal(value);
    return meaning(out, shown);
  };
}

/** Decimal numbers of these are printed as signed ones. */
const signedKinds = new Map<number, number>([
  [kinds.u32, kinds.i32],
  [kinds.u64, kinds.i64],
]);

function writerOf({ type, format, table }: ParamInfo): ParamWriter | undefined {
  const kind = kindOfType[type];
  if (type === "CHARBUF") return text;
  if (type === "FSPATH" || type === "FSRELPATH") return path;
  if (type === "BYTEBUF") return data;
  if (type === "SOCKADDR") return address;
  if (type === "SOCKTUPLE") return tuple;
  if (kind === undefined) return undefined;
  if (type === "ERRNO") return integer(kind, errno);
  if (type === "FD" || type === "FD32") return integer(kind, fd);
  if (type === "PID" || type === "PID32") return integer(kind, pid);
  if (type.startsWith("FLAGS")) return integer(kind, named(table, flagNames));
  if (type.startsWith("ENUMFLAGS")) return integer(kind, named(table, enumNames));
  if (!/^(U?INT|PORT|L4PROTO|SOCKFAMILY)/.test(type)) return undefined;
  if (format === "HEX") return hex(kind);
  return format === "OCT" ? integer(kind, octal) : integer(signedKinds.get(kind) ?? kind, decimal);
}
