/** Parameter bytes → JavaScript values, by the type that the schema gives them. */
import type { ParamInfo } from "#schema/events";
import { dynamic, type ParamType, typeSize } from "#schema/types";
import {
  decodeSockAddr,
  decodeSockTuple,
  ipv4Text,
  ipv6Text,
  type SockAddr,
  type SockTuple,
} from "./address.ts";
import { malformed } from "./error.ts";
import { getI64, getU64, type Int } from "./int.ts";
import { text, texts } from "./text.ts";

export interface PolledFd {
  readonly fd: Int;
  /** PPM_POLL* bits. */
  readonly events: number;
}

/** A DYN parameter: which of its variants, and the value. */
export interface Dyn {
  readonly tag: number;
  readonly type: ParamType;
  readonly value: Value;
}

/** null: an empty parameter (length 0), which is "no value", not "". */
export type Value =
  | Int
  | boolean
  | string
  | Uint8Array
  | readonly string[]
  | readonly PolledFd[]
  | SockAddr
  | SockTuple
  | Dyn
  | null;

type DecodedParam = Pick<ParamInfo, "name" | "type" | "variants">;

/** `view` is a whole arena: making a view for each number would take longer than reading it. */
type Decoder = (view: DataView, at: number, length: number, param: DecodedParam) => Value;

const bytesAt = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + at, length);

const u8: Decoder = (view, at) => view.getUint8(at);
const u16: Decoder = (view, at) => view.getUint16(at, true);
const u32: Decoder = (view, at) => view.getUint32(at, true);
const u64: Decoder = getU64;
const i32: Decoder = (view, at) => view.getInt32(at, true);
const i64: Decoder = getI64;
const charbuf: Decoder = (view, at, length) => text(bytesAt(view, at, length));
const charbufs: Decoder = (view, at, length) => texts(bytesAt(view, at, length));
const raw: Decoder = (view, at, length) => bytesAt(view, at, length).slice();

const fdlist: Decoder = (view, at, length) => {
  const count = length >= 2 ? view.getUint16(at, true) : 0;
  if (length !== 2 + 10 * count) throw malformed(`${count} entries in ${length} bytes`);
  return Array.from({ length: count }, (_, i) => ({
    fd: getI64(view, at + 2 + 10 * i),
    events: view.getUint16(at + 10 + 10 * i, true),
  }));
};

const dyn: Decoder = (view, at, length, { name, variants }) => {
  const tag = view.getUint8(at);
  const variant = dynamic[variants ?? ""]?.[tag];
  if (!variant) throw malformed(`tag ${tag} is none of its variants`);
  return { tag, type: variant.type, value: decode({ name, type: variant.type }, view, at + 1, length - 1) };
};

const ipAddress: Decoder = (view, at, length) => {
  const bytes = bytesAt(view, at, length);
  return length === 4 ? ipv4Text(bytes) : ipv6Text(bytes);
};

const decoders: Readonly<Record<ParamType, Decoder>> = {
  NONE: raw,
  INT8: (view, at) => view.getInt8(at),
  INT16: (view, at) => view.getInt16(at, true),
  INT32: i32,
  INT64: i64,
  UINT8: u8,
  UINT16: u16,
  UINT32: u32,
  UINT64: u64,
  CHARBUF: charbuf,
  BYTEBUF: raw,
  ERRNO: i64,
  SOCKADDR: decodeSockAddr,
  SOCKTUPLE: decodeSockTuple,
  FD: i64,
  PID: i64,
  FDLIST: fdlist,
  FSPATH: charbuf,
  SYSCALLID: u16,
  SIGTYPE: u8,
  RELTIME: u64,
  ABSTIME: u64,
  PORT: u16,
  L4PROTO: u8,
  SOCKFAMILY: u8,
  BOOL: (view, at) => view.getUint32(at, true) !== 0,
  IPV4ADDR: ipAddress,
  DYN: dyn,
  FLAGS8: u8,
  FLAGS16: u16,
  FLAGS32: u32,
  UID: u32,
  GID: u32,
  DOUBLE: (view, at) => view.getFloat64(at, true),
  SIGSET: u32,
  CHARBUFARRAY: charbufs,
  CHARBUF_PAIR_ARRAY: charbufs,
  IPV4NET: raw,
  IPV6ADDR: ipAddress,
  IPV6NET: raw,
  IPADDR: ipAddress,
  IPNET: raw,
  MODE: u32,
  FSRELPATH: charbuf,
  ENUMFLAGS8: u8,
  ENUMFLAGS16: u16,
  ENUMFLAGS32: u32,
  FD32: i32,
  PID32: i32,
};

/** The value in `length` bytes at `at`. @throws {ScapError} if they cannot be a value of that type. */
export function decode(param: DecodedParam, view: DataView, at: number, length: number): Value {
  if (length === 0) return null;
  const size = typeSize[param.type];
  if (size !== null && size !== length)
    throw malformed(`parameter "${param.name}": ${param.type} has ${size} bytes, not ${length}`);
  try {
    return decoders[param.type](view, at, length, param);
  } catch (error) {
    throw malformed(`parameter "${param.name}": ${(error as Error).message}`);
  }
}
