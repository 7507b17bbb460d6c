/**
 * One measurement, in a process of its own: `measure.ts MODE FILE ROUNDS` prints `{ events, first, ns }`: CPU time of the first
 * pass through the file, in which the engine also compiles what is run, and of the best one.
 */
import { ScapReader } from "../../lib/scap/index.ts";
import { inspectAll } from "./modes.ts";

function readAll(path: string): number {
  using reader = ScapReader.open({ path });
  let events = 0;
  for (let batch = reader.next(); batch; batch = reader.next()) events += batch.count;
  return events;
}

function walkAll(path: string): number {
  using reader = ScapReader.open({ path });
  let events = 0;
  let codes = 0;
  for (let batch = reader.next(); batch; batch = reader.next())
    for (const event of batch) {
      events++;
      codes += event.type;
    }
  return codes > 0 ? events : 0;
}

function run(mode: string, file: string): number {
  if (mode === "read") return readAll(file);
  return mode === "walk" ? walkAll(file) : inspectAll(mode, file);
}

const [mode = "", file = "", rounds = "1"] = process.argv.slice(2);

function once(): { events: number; ns: number } {
  const before = process.cpuUsage();
  const events = run(mode, file);
  const { user, system } = process.cpuUsage(before);
  return { events, ns: (user + system) * 1000 };
}

const { events, ns: first } = once();
let best = first;
// It has settled when that many rounds bring nothing better; before these, the engine may not have compiled everything.
const warmUp = 10;
for (let pass = 0, since = 0; pass < warmUp || since < Number(rounds); pass++, since++) {
  const { ns } = once();
  if (ns < 0.98 * best) since = -1;
  best = Math.min(best, ns);
}
console.log(JSON.stringify({ events, first, ns: best }));
