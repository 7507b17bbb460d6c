/** Event frames made by hand: for tests, and for tools that change captures. */
import { EF, events } from "#schema/events";
import { frame } from "./layout.ts";

export interface EventParts {
  /** Nanoseconds since the epoch. */
  readonly ts: bigint;
  readonly tid: bigint;
  /** Event code, PPME. */
  readonly type: number;
  /** Encoded parameters; an empty array is an empty parameter. */
  readonly params: readonly Uint8Array[];
}

/** The bytes of an event: header, lengths, parameters. @throws {RangeError} for an unknown type or too long a parameter. */
export function buildEvent({ ts, tid, type, params }: EventParts): Uint8Array {
  const info = events[type];
  if (!info) throw new RangeError(`${type} is not in the event table`);
  const width = info.flags & EF.LARGE_PAYLOAD ? 4 : 2;
  const limit = 2 ** (8 * width) - 1;
  const long = params.findIndex((param) => param.length > limit);
  if (long >= 0) throw new RangeError(`parameter ${long} of ${info.name} has more than ${limit} bytes`);
  const start = frame.length + width * params.length;
  const bytes = new Uint8Array(params.reduce((sum, param) => sum + param.length, start));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(frame.ts, ts, true);
  view.setBigUint64(frame.tid, tid, true);
  view.setUint32(frame.len, bytes.length, true);
  view.setUint16(frame.type, type, true);
  view.setUint32(frame.nparams, params.length, true);
  let at = start;
  for (const [i, param] of params.entries()) {
    if (width === 4) view.setUint32(frame.length + 4 * i, param.length, true);
    else view.setUint16(frame.length + 2 * i, param.length, true);
    bytes.set(param, at);
    at += param.length;
  }
  return bytes;
}
