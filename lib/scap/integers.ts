/** Integer parameters without the detour over decode(): what keeping a state reads of most events. */
import { EF, events } from "#schema/events";
import type { ParamType } from "#schema/types";
import { malformed } from "./error.ts";
import { getI64, getU64, type Int } from "./int.ts";

/** No event has more parameters. */
export const maxParams = 32;

/** How the bytes of an integer are read; 0: the parameter is none. From u32 on they have 4 or 8 bytes. */
export const kinds = { none: 0, u8: 1, i8: 2, u16: 3, i16: 4, u32: 5, i32: 6, u64: 7, i64: 8 } as const;

export const kindOfType: Readonly<Partial<Record<ParamType, number>>> = {
  INT8: kinds.i8,
  INT16: kinds.i16,
  INT32: kinds.i32,
  FD32: kinds.i32,
  PID32: kinds.i32,
  INT64: kinds.i64,
  ERRNO: kinds.i64,
  FD: kinds.i64,
  PID: kinds.i64,
  UINT8: kinds.u8,
  SIGTYPE: kinds.u8,
  L4PROTO: kinds.u8,
  SOCKFAMILY: kinds.u8,
  FLAGS8: kinds.u8,
  ENUMFLAGS8: kinds.u8,
  UINT16: kinds.u16,
  SYSCALLID: kinds.u16,
  PORT: kinds.u16,
  FLAGS16: kinds.u16,
  ENUMFLAGS16: kinds.u16,
  UINT32: kinds.u32,
  FLAGS32: kinds.u32,
  ENUMFLAGS32: kinds.u32,
  UID: kinds.u32,
  GID: kinds.u32,
  MODE: kinds.u32,
  SIGSET: kinds.u32,
  UINT64: kinds.u64,
  RELTIME: kinds.u64,
  ABSTIME: kinds.u64,
};

/** By code × maxParams + index; none for events with wide lengths. */
export const integerKinds = new Uint8Array(events.length * maxParams);
for (const { code, params, flags } of events)
  for (const [index, { type }] of params.entries())
    integerKinds[code * maxParams + index] =
      flags & EF.LARGE_PAYLOAD ? kinds.none : (kindOfType[type] ?? kinds.none);

/** Bytes of an integer of each kind. */
export const integerSizes = Uint8Array.of(0, 1, 1, 2, 2, 4, 4, 8, 8);

export function readInteger(kind: number, view: DataView, at: number): Int {
  switch (kind) {
    case kinds.u8:
      return view.getUint8(at);
    case kinds.i8:
      return view.getInt8(at);
    case kinds.u16:
      return view.getUint16(at, true);
    case kinds.i16:
      return view.getInt16(at, true);
    case kinds.u32:
      return view.getUint32(at, true);
    case kinds.i32:
      return view.getInt32(at, true);
    case kinds.u64:
      return getU64(view, at);
    case kinds.i64:
      return getI64(view, at);
    default:
      throw malformed("its bytes are no integer");
  }
}
