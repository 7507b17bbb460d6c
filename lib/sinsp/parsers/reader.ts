/** Readers of one integer parameter of one event: what is read of nearly every event. */
import type { ScapEvent } from "../../scap/event.ts";
import { offsetOf } from "../../scap/fixed.ts";
import type { Int } from "../../scap/int.ts";
import { integerKinds, integerSizes, maxParams } from "../../scap/integers.ts";
import { intOf, numberOf } from "../state/damage.ts";

export type Reader<T extends Int> = (event: ScapEvent) => T;

/** The same as `numberOf(event, index)` for events of this code, faster if the parameter has a fixed place. */
export const numberReader = (code: number, index: number): Reader<number> => reader(code, index, numberOf);

/** Likewise, for `intOf`. */
export const intReader = (code: number, index: number): Reader<Int> => reader(code, index, intOf);

function reader<T extends Int>(
  code: number,
  index: number,
  slowly: (event: ScapEvent, index: number) => T,
): Reader<T | number> {
  const offset = offsetOf(code, index);
  const size = integerSizes[integerKinds[code * maxParams + index] ?? 0]!;
  if (offset === undefined || size < 4) return (event) => slowly(event, index);
  return (event) => {
    const small = size === 8 ? event.small(index, offset) : event.small32(index, offset);
    return small >= 0 ? small : slowly(event, index);
  };
}
