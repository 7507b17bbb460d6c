/** One measurement, in a process of its own: `measure.ts MODE FILE ROUNDS` prints `{ events, ns }` of the best round. */
import { ScapReader } from "../../lib/scap/index.ts";
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

function readAll(path: string): number {
  using reader = ScapReader.open({ path });
  let events = 0;
  for (let batch = reader.next(); batch; batch = reader.next()) events += batch.count;
  return events;
}

function inspectAll(mode: string, savefile: string): number {
  using inspector = Inspector.open({ savefile });
  const look = modes[mode]!(inspector);
  let events = 0;
  for (const event of inspector) {
    look(event);
    events++;
  }
  return events;
}

const [mode = "", file = "", rounds = "1"] = process.argv.slice(2);
let best = Number.POSITIVE_INFINITY;
let events = 0;
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  events = mode === "read" ? readAll(file) : inspectAll(mode, file);
  const { user, system } = process.cpuUsage(before);
  best = Math.min(best, (user + system) * 1000);
}
console.log(JSON.stringify({ events, ns: best }));
