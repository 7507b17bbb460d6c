/** Parameters as they are: evt.rawarg, evt.buffer. */
import type { ParamInfo } from "#schema/events";
import type { ParamType } from "#schema/types";
import { kindOfType } from "../filter/kinds.ts";
import { bufferText } from "../print/bytes.ts";
import { hexDigits } from "../print/param.ts";
import { indexes } from "./evt-args.ts";
import type { FieldValue, GetterMaker, Getters, SinspEvent } from "./getter.ts";

const texts = new Set<ParamType>(["CHARBUF", "FSPATH", "FSRELPATH"]);

/** Types that are a list or a structure, not one value: they are shown as evt.args shows them. */
const isPlain = (type: ParamType) => {
  const kind = kindOfType(type);
  return kind !== "opaque" && kind !== "bytes" && kind !== "network";
};

/** As the event table formats it; what it does not call decimal is text in JSON, too. */
function formatted(value: FieldValue, { format, type }: ParamInfo): FieldValue {
  if (typeof value !== "number" && typeof value !== "bigint") return value;
  if (format === "HEX") return hexDigits(value, type);
  if (format === "OCT") return value.toString(8);
  return format === "NA" ? String(value) : value;
}

/** An empty number is shown as 0, and compares with nothing. */
function shownEmpty(param: ParamInfo): FieldValue {
  const kind = kindOfType(param.type);
  if (kind === "boolean") return false;
  return kind === "number" ? formatted(0, param) : null;
}

const raw: GetterMaker = (name, purpose) => {
  const at = indexes(name as string);
  const isShown = purpose === "output" || purpose === "json";
  return (evt) => {
    const index = at[evt.code] ?? -1;
    if (index < 0 || index >= evt.raw.nparams) return null;
    const param = evt.raw.info.params[index]!;
    const value = evt.param(index);
    if (value === null || value === "(NULL)") {
      if (texts.has(param.type)) return "<NA>";
      return isShown ? shownEmpty(param) : null;
    }
    if (!isPlain(param.type)) return structured(evt, index, isShown, value);
    return isShown ? formatted(value as FieldValue, param) : (value as FieldValue);
  };
};

function structured(evt: SinspEvent, index: number, isShown: boolean, value: unknown): FieldValue {
  return !isShown && value instanceof Uint8Array ? value : evt.printed(index)!.raw;
}

/** Data that was read or written; shown in the inspector's way of showing data. */
const buffer: GetterMaker = (_, purpose) => {
  const at = indexes("data");
  const isShown = purpose === "output" || purpose === "json";
  return (evt) => {
    const index = at[evt.code] ?? -1;
    if (index < 0 || index >= evt.raw.nparams) return null;
    const bytes = evt.param(index) as Uint8Array | null;
    if (isShown) return bytes ? bufferText(bytes, evt.bufferFormat) : "NULL";
    return bytes ?? new Uint8Array(0);
  };
};

export const rawParams: Getters = { "evt.rawarg": raw, "evt.buffer": buffer };
