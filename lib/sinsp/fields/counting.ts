/** Fields whose values depend on what they were asked before. Each occurrence of a field has a memory of its own. */
import { events, PPME } from "#schema/events";
import { clockText, fraction } from "../print/time.ts";
import type { Thread } from "../state/thread.ts";
import { exact, type Getter, type GetterMaker, type Getters, type SinspEvent } from "./getter.ts";

const second = 1_000_000_000n;

/** ns since the last evaluation; 0 the first time. */
function sinceLast(): (evt: SinspEvent) => bigint {
  let last: bigint | null = null;
  return (evt) => {
    const { ts } = evt.raw;
    const passed = last === null ? 0n : ts - last;
    last = ts;
    return passed;
  };
}

const delta =
  (unit: (ns: bigint) => number | bigint): GetterMaker =>
  () => {
    const since = sinceLast();
    return (evt) => unit(since(evt));
  };

const isSwitch = new Set<number>(events.filter(({ name }) => name === "switch").map(({ code }) => code));

/** How long the thread that leaves a CPU has had it: since the switch before, on the same CPU. */
function timeOnCpu(): (evt: SinspEvent) => bigint {
  const last = new Map<number, bigint>();
  return (evt) => {
    if (!isSwitch.has(evt.code)) return 0n;
    const { ts, cpu } = evt.raw;
    const before = last.get(cpu) ?? ts;
    last.set(cpu, ts);
    return ts - before;
  };
}

const totalTimeOnCpu: GetterMaker = () => {
  const time = timeOnCpu();
  const totals = new WeakMap<Thread, bigint>();
  return (evt) => {
    const passed = time(evt);
    if (!evt.thread) return null;
    const total = (totals.get(evt.thread) ?? 0n) + passed;
    totals.set(evt.thread, total);
    return exact(total);
  };
};

const maxLoad = 100;

/** What these parameters of a process's statistics have grown by, since they were not 0. */
const load =
  (indexes: readonly number[]): GetterMaker =>
  () => {
    const last = new WeakMap<Thread, number>();
    return (evt) => {
      if (evt.code !== PPME.PROCINFO_E || !evt.thread) return null;
      const now = indexes.reduce((sum, index) => sum + Number(evt.param(index) ?? 0), 0);
      const before = last.get(evt.thread) || now;
      last.set(evt.thread, now);
      return now < before ? maxLoad : Math.min(maxLoad, now - before);
    };
  };

const secondsText = (ns: bigint) => `${ns / second}.${fraction(ns)}`;

/** In the inspector's way of telling times. */
const outputTime: GetterMaker = () => {
  const since = sinceLast();
  const modes: Readonly<Record<string, Getter>> = {
    h: ({ raw }) => `${clockText(raw.seconds)}.${fraction(raw.ts)}`,
    a: ({ raw }) => `${raw.ts / second}.${raw.ts % second}`,
    r: ({ raw, source }) => secondsText(raw.ts - source.firstTs),
    d: () => "0.000000000",
    D: (evt) => secondsText(since(evt)),
  };
  return (evt) => modes[evt.source.timeMode ?? "h"]!(evt);
};

const counter: GetterMaker = () => {
  let count = 0;
  return () => ++count;
};

export const counting: Getters = {
  "evt.deltatime": delta(exact),
  "evt.deltatime.s": delta((ns) => Number(ns / second)),
  "evt.deltatime.ns": delta((ns) => Number(ns % second)),
  "evt.outputtime": outputTime,
  "thread.exectime": () => {
    const time = timeOnCpu();
    return (evt) => exact(time(evt));
  },
  "thread.totexectime": totalTimeOnCpu,
  "thread.cpu": load([0, 1]),
  "thread.cpu.user": load([0]),
  "thread.cpu.system": load([1]),
  "util.cnt": counter,
};
