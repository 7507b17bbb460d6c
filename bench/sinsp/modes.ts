/** The ways of using an inspector that are measured. */
import { Inspector, type SinspEvent } from "../../lib/sinsp/index.ts";

/** Eight fields, as the default line has. */
const fields = [
  "evt.num",
  "evt.time",
  "evt.cpu",
  "proc.name",
  "thread.tid",
  "evt.dir",
  "evt.type",
  "evt.args",
];
const line = "*%evt.num %evt.time %evt.cpu %proc.name (%thread.tid) %evt.type %evt.args";
const threeParts = "evt.type in (open, openat) and fd.name startswith /etc and proc.name = workload";

const modes: Readonly<Record<string, (inspector: Inspector) => (event: SinspEvent) => unknown>> = {
  state: () => () => undefined,
  filter: (inspector) => inspector.filter(threeParts),
  line: (inspector) => inspector.formatter(line),
  json: (inspector) => inspector.json(fields),
};

/** @param each called after each event, with its number from 1 @returns how many there were */
export function inspectAll(mode: string, savefile: string, each: (count: number) => void = () => {}): number {
  using inspector = Inspector.open({ savefile });
  const look = modes[mode]!(inspector);
  let events = 0;
  for (const event of inspector) {
    look(event);
    each(++events);
  }
  return events;
}
