/** evt.args as bytes. What parameters mean is defined in param.ts; a test compares the lines of both ways. */
import { EF, events, type ParamInfo, PPME } from "#schema/events";
import type { ScapEvent } from "../../scap/event.ts";
import { getI64, getU64, type Int } from "../../scap/int.ts";
import { integerKinds, integerSizes, kinds, maxParams, readInteger } from "../../scap/integers.ts";
import { frame } from "../../scap/layout.ts";
import { printOne } from "./args.ts";
import type { AsciiWriter } from "./ascii.ts";
import { enumNames, flagNames } from "./flags.ts";
import { errnoName } from "./names.ts";
import type { Scene } from "./param.ts";

/** The value has `length` bytes at `at`, at least one. @returns false: ask printValue() */
type ParamWriter = (out: AsciiWriter, event: ScapEvent, at: number, length: number, scene: Scene) => boolean;

interface Arg {
  /** Blank, name and equals sign. */
  readonly head: string;
  readonly write: ParamWriter | undefined;
}

const byCode: (readonly Arg[] | undefined)[] = [];

function argsOf(code: number): readonly Arg[] {
  let known = byCode[code];
  if (!known) {
    known = (events[code]?.params ?? []).map((param, index) => ({
      head: `${index > 0 ? " " : ""}${param.name}=`,
      write: writerOf(param, integerKinds[code * maxParams + index]!),
    }));
    byCode[code] = known;
  }
  return known;
}

export function writeArgs(event: ScapEvent, scene: Scene, out: AsciiWriter): boolean {
  const { type, nparams, arenaView: view, frameAt } = event;
  if (type === PPME.GENERIC_X || type === PPME.GENERIC_E) return true;
  if (event.info.flags & EF.LARGE_PAYLOAD) return false;
  const all = argsOf(type);
  const count = Math.min(all.length, nparams);
  const lengths = frameAt + frame.length;
  let at = lengths + 2 * nparams;
  for (let index = 0; index < count; index++) {
    const length = view.getUint16(lengths + 2 * index, true);
    const { head, write } = all[index]!;
    out.constant(head);
    if ((length === 0 || !write?.(out, event, at, length, scene)) && !out.text(printOne(event, index, scene)))
      return false;
    at += length;
  }
  return true;
}

const text: ParamWriter = (out, { arena }, at, length) =>
  isAscii(arena, at, textLength(arena, at, length)) && out.ascii(arena, at, textLength(arena, at, length));

/** An absolute path means itself. */
const path: ParamWriter = (out, event, at, length, scene) =>
  event.arena[at] === 0x2f && text(out, event, at, length, scene);

const textLength = (arena: Uint8Array, at: number, length: number) =>
  arena[at + length - 1] === 0 ? length - 1 : length;

/** Asked first: of what has been written nothing can be taken back. */
function isAscii(arena: Uint8Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (arena[i]! < 0x20 || arena[i]! > 0x7e) return false;
  return true;
}

const data: ParamWriter = (out, { arena }, at, length) => out.dotted(arena, at, length);

/** Writes a number of that kind; what is no number or negative and so on is left to `other`. */
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

function hex(out: AsciiWriter, value: number): boolean {
  if (value < 0) return false;
  out.hex((value / 4294967296) | 0, (value % 4294967296) | 0);
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
  if (value < 0) return false;
  const info = thread?.fd(value);
  if (info && !isPlain(info.name)) return false;
  out.decimal(value);
  if (!info) return true;
  out.constant("(<");
  out.constant(info.tag);
  out.plain(0x3e);
  out.text(info.name);
  out.plain(0x29);
  return true;
}

function pid(out: AsciiWriter, value: number, { state }: Scene): boolean {
  const name = state.threads.get(value)?.comm ?? "";
  if (!isPlain(name)) return false;
  out.decimal(value);
  if (name === "") return true;
  out.plain(0x28);
  out.text(name);
  out.plain(0x29);
  return true;
}

/** Printable ASCII. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
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

function writerOf({ type, format, table }: ParamInfo, kind: number): ParamWriter | undefined {
  if (type === "CHARBUF") return text;
  if (type === "FSPATH" || type === "FSRELPATH") return path;
  if (type === "BYTEBUF") return data;
  if (kind === kinds.none) return undefined;
  if (type === "ERRNO") return integer(kind, errno);
  if (type === "FD" || type === "FD32") return integer(kind, fd);
  if (type === "PID" || type === "PID32") return integer(kind, pid);
  if (type.startsWith("FLAGS")) return integer(kind, named(table, flagNames));
  if (type.startsWith("ENUMFLAGS")) return integer(kind, named(table, enumNames));
  if (!/^(U?INT|PORT|L4PROTO|SOCKFAMILY)/.test(type) || format === "OCT") return undefined;
  return integer(kind, format === "HEX" ? hex : decimal);
}
