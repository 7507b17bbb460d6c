/** Where the parameters are that an event begins with, as long as their types have sizes: its code alone tells. */
import { EF, events } from "#schema/events";
import { typeSize } from "#schema/types";
import { integerKinds, maxParams } from "./integers.ts";
import { frame, record } from "./layout.ts";

/** The low bits of an entry of `places` are the parameter's kind of integer; above them is its offset in the record. */
export const kindBits = 4;
export const kindMask = 15;

/** By code × maxParams + index. It holds for the first `record.fixed` parameters of an event. */
export const places = new Int32Array(events.length * maxParams);

for (const { code, params, flags } of events) {
  if (flags & EF.LARGE_PAYLOAD) continue;
  let at = record.length + frame.length + 2 * params.length;
  for (const [index, { type }] of params.entries()) {
    const slot = code * maxParams + index;
    places[slot] = (at << kindBits) | integerKinds[slot]!;
    const size = typeSize[type];
    if (!size) break;
    at += size;
  }
}

/** Offset in its record of an integer that `record.fixed` covers; undefined: it is none, or has no fixed place. */
export function offsetOf(code: number, index: number): number | undefined {
  const place = places[code * maxParams + index] ?? 0;
  return (place & kindMask) === 0 ? undefined : place >> kindBits;
}
