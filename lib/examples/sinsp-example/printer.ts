/** What is printed of an event. */
import type { Inspector, SinspEvent } from "../../sinsp/index.ts";
import { defaultFormat, type Settings } from "./options.ts";

/** null: nothing. */
export type Printer = (event: SinspEvent) => string | null;

/** @throws {FilterError} */
export function printerOf(
  inspector: Inspector,
  { format = defaultFormat, json, raw, perftest }: Settings,
): Printer {
  if (perftest) return () => null;
  if (raw) return rawLine;
  const line = inspector.formatter(format);
  return json ? (event) => line.json(event, { transformed: true }) : line;
}

/** The event and its parameters, as they are without any state. */
function rawLine(event: SinspEvent): string {
  const { raw } = event;
  const head = [
    `ts=${event.getText("evt.time.iso8601")}`,
    `tid=${raw.tidNumber}`,
    `type=${event.isExit ? "<" : ">"}${event.name}`,
    `category=${event.getText("evt.category")}`,
    `nparams=${raw.nparams}`,
  ];
  const params = Array.from(raw.info?.params.slice(0, raw.nparams) ?? [], ({ name }, index) => {
    const { raw: text = "" } = event.printed(index) ?? {};
    return `${index}:${name}=${text}`;
  });
  return [...head, ...params].join(" ");
}
