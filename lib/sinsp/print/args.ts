/** evt.args: all parameters in a line. */
import { events, PPME } from "#schema/events";
import type { ScapEvent } from "../../scap/event.ts";
import { onlyDamage, paramOf } from "../state/damage.ts";
import { type Printed, printValue, type Scene } from "./param.ts";
import { type QuickPrinter, quickPrinter } from "./quick.ts";

/** undefined: the event has no such parameter. */
export function printParam(event: ScapEvent, index: number, scene: Scene): Printed | undefined {
  const param = event.info?.params[index];
  if (!param || index >= event.nparams) return undefined;
  return printValue(param, paramOf(event, index), scene);
}

interface Arg {
  /** Blank, name and equals sign. */
  readonly head: string;
  readonly quick: QuickPrinter | undefined;
}

/** By event code, made when the first event of the code is printed. */
const args: (readonly Arg[] | undefined)[] = [];

function argsOf(code: number): readonly Arg[] {
  let known = args[code];
  if (!known) {
    known = (events[code]?.params ?? []).map((param, index) => ({
      head: `${index > 0 ? " " : ""}${param.name}=`,
      quick: quickPrinter(param),
    }));
    args[code] = known;
  }
  return known;
}

export function printArgs(event: ScapEvent, scene: Scene): string {
  const { type, nparams } = event;
  if (type === PPME.GENERIC_X || type === PPME.GENERIC_E) return "";
  const all = argsOf(type);
  const count = Math.min(all.length, nparams);
  let line = "";
  for (let index = 0; index < count; index++) {
    line += all[index]!.head + printOne(event, index, scene);
  }
  return line;
}

/** `raw` or `raw(resolved)` of one parameter, which the event must have. */
export function printOne(event: ScapEvent, index: number, scene: Scene): string {
  const { quick } = argsOf(event.type)[index]!;
  return (quick && quickly(quick, event, index, scene)) ?? slowly(event, index, scene);
}

function quickly(quick: QuickPrinter, event: ScapEvent, index: number, scene: Scene): string | undefined {
  try {
    return event.has(index) ? quick(event, index, scene) : undefined;
  } catch (error) {
    onlyDamage(error);
    return undefined;
  }
}

function slowly(event: ScapEvent, index: number, scene: Scene): string {
  const { raw, resolved } = printParam(event, index, scene)!;
  return resolved === "" ? raw : `${raw}(${resolved})`;
}
