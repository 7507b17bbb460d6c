/** One measurement, in a process of its own: `measure.ts MODE FILE ROUNDS` prints `{ events, ns }` of the best round. */
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
let best = Number.POSITIVE_INFINITY;
let events = 0;
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  events = run(mode, file);
  const { user, system } = process.cpuUsage(before);
  best = Math.min(best, (user + system) * 1000);
}
console.log(JSON.stringify({ events, ns: best }));
