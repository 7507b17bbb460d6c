/**
 * Parameters whose bytes cannot be of their type: no value. A capture may be damaged, or made by somebody who means harm;
 * what one event lacks is no reason not to read the next one.
 */
import type { Value } from "../../scap/decode.ts";
import { ScapError } from "../../scap/error.ts";
import type { ScapEvent } from "../../scap/event.ts";
import type { Int } from "../../scap/int.ts";

/** @throws whatever else went wrong */
export function onlyDamage(error: unknown): void {
  if (!(error instanceof ScapError)) throw error;
}

/** null also if the event was recorded without that parameter. */
export function paramOf(event: ScapEvent, index: number): Value {
  if (index >= event.nparams) return null;
  try {
    return event.param(index);
  } catch (error) {
    onlyDamage(error);
    return null;
  }
}

export function intOf(event: ScapEvent, index: number): Int {
  try {
    return event.int(index);
  } catch (error) {
    onlyDamage(error);
    return 0;
  }
}

/** Likewise, as the nearest number. */
export function numberOf(event: ScapEvent, index: number): number {
  try {
    return event.number(index);
  } catch (error) {
    onlyDamage(error);
    return 0;
  }
}
