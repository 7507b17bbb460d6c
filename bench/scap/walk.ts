/**
 * walk.ts FILE ROUNDS: the TypeScript side of the benchmark, as one line of JSON; in a process of its own, so that what
 * the compiler has learnt from other code does not count.
 */
import { EF, events } from "#schema/events";
import { typeSize } from "#schema/types";
import { ScapReader } from "../../lib/scap/index.ts";

/** By event type, the first parameters that are numbers; −1: there are not that many. */
const [first, second, third] = [0, 1, 2].map((nth) =>
  Int8Array.from(events, ({ params, flags }) => {
    if (flags & EF.LARGE_PAYLOAD) return -1;
    return [...params.keys()].filter((i) => typeSize[params[i]!.type] !== null)[nth] ?? -1;
  }),
) as [Int8Array, Int8Array, Int8Array];

interface Measured {
  events: number;
  params: number;
  ns: number;
  sum: number;
}

function walk(path: string): Measured {
  using reader = ScapReader.open({ path });
  const start = process.threadCpuUsage();
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
  const start = process.threadCpuUsage();
  let [count, params, sum] = [0, 0, 0];
  for (const batch of reader.batches())
    for (const event of batch) {
      count++;
      const { type } = event;
      sum += type + event.cpu;
      const last = third[type]!;
      if (last < 0) continue;
      sum += event.number(first[type]!) + event.number(second[type]!) + event.number(last);
      params += 3;
    }
  return { events: count, params, ns: since(start), sum };
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) * 1000;
}

/** Until the compiler has seen enough: this many rounds are not counted. */
const warmUp = 10;

function best(run: () => Measured, rounds: number): Measured & { readonly firstNs: number } {
  const all = Array.from({ length: warmUp + rounds }, run);
  const { ns: firstNs } = all[0]!;
  return { ...all.slice(warmUp).reduce((a, b) => (b.ns < a.ns ? b : a)), firstNs };
}

const [path = "", rounds = "1"] = process.argv.slice(2);
console.log(
  JSON.stringify({ walk: best(() => walk(path), +rounds), decode: best(() => decode(path), +rounds) }),
);
