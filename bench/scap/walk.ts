/**
 * walk.ts FILE ROUNDS: the TypeScript side of the benchmark, as one line of JSON; in a process of its own, so that what
 * the compiler has learnt from other code does not count.
 */
import { EF, events } from "#schema/events";
import { typeSize } from "#schema/types";
import { ScapReader } from "../../lib/scap/index.ts";

/** Of each event type, the first three parameters that are numbers. */
const numbers: readonly (readonly number[])[] = events.map(({ params, flags }) => {
  if (flags & EF.LARGE_PAYLOAD) return [];
  return [...params.keys()].filter((i) => typeSize[params[i]!.type] !== null).slice(0, 3);
});

interface Measured {
  events: number;
  params: number;
  ns: number;
  sum: number;
}

function walk(path: string): Measured {
  using reader = ScapReader.open({ path });
  const start = process.cpuUsage();
  let [count, sum] = [0, 0];
  for (const batch of reader.batches())
    for (const event of batch) {
      count++;
      sum += event.type + event.cpu;
    }
  return { events: count, params: 0, ns: since(start), sum };
}

/** The walk, and three numbers of each event that has them. */
function decode(path: string): Measured {
  using reader = ScapReader.open({ path });
  const start = process.cpuUsage();
  let [count, params, sum] = [0, 0, 0];
  for (const batch of reader.batches())
    for (const event of batch) {
      count++;
      const { type } = event;
      sum += type + event.cpu;
      const wanted = numbers[type]!;
      if (wanted.length < 3) continue;
      sum += event.number(wanted[0]!) + event.number(wanted[1]!) + event.number(wanted[2]!);
      params += 3;
    }
  return { events: count, params, ns: since(start), sum };
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

function best(run: () => Measured, rounds: number): Measured {
  const all = Array.from({ length: rounds }, run);
  return all.reduce((a, b) => (b.ns < a.ns ? b : a));
}

const [path = "", rounds = "1"] = process.argv.slice(2);
console.log(
  JSON.stringify({ walk: best(() => walk(path), +rounds), decode: best(() => decode(path), +rounds) }),
);
