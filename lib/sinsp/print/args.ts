/** evt.args: all parameters in a line. */
import { PPME } from "#schema/events";
import type { ScapEvent } from "../../scap/event.ts";
import { type Printed, printValue, type Scene } from "./param.ts";

/** undefined: the event has no such parameter. */
export function printParam(event: ScapEvent, index: number, scene: Scene): Printed | undefined {
  const param = event.info.params[index];
  if (!param || index >= event.nparams) return undefined;
  return printValue(param, event.param(index), scene);
}

export function printArgs(event: ScapEvent, scene: Scene): string {
  if (event.type === PPME.GENERIC_X || event.type === PPME.GENERIC_E) return "";
  let line = "";
  for (const [i, { name }] of event.info.params.entries()) {
    const printed = printParam(event, i, scene);
    if (!printed) break;
    if (i > 0) line += " ";
    line += `${name}=${printed.raw}`;
    if (printed.resolved !== "") line += `(${printed.resolved})`;
  }
  return line;
}
