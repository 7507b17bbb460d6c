/** What is left of a list entry when an older version of its block had no place for the rest. */
import type { Fd } from "../fd.ts";
import type { Interface } from "../machine-lists.ts";
import type { Thread } from "../thread.ts";
import type { Tail } from "./blocks.ts";

/** Fields by the version since which they are there; those of version 9's tail are below. */
const since: readonly (readonly [number, Partial<Thread>])[] = [
  [2, { vmsizeKb: 0, vmrssKb: 0, vmswapKb: 0, pfmajor: 0, pfminor: 0 }],
  [3, { env: [] }],
  [4, { vtid: -1, vpid: -1, cgroups: [] }],
  [5, { root: "" }],
  [6, { sid: -1 }],
  [7, { exepath: "" }],
  [8, { vpgid: -1 }],
];

const oldTail: Partial<Thread> = {
  loginuid: 4294967295,
  exeWritable: false,
  capInheritable: 0,
  capPermitted: 0,
  capEffective: 0,
};

const newTail: Partial<Thread> = {
  pidnsInitStartTs: 0,
  tty: 0,
  exeUpperLayer: false,
  exeIno: 0,
  exeInoCtime: 0,
  exeInoMtime: 0,
  exeFromMemfd: false,
  exeLowerLayer: false,
  pgid: -1,
};

export function threadAsOf(version: number, thread: Thread, tail: Tail = "all"): Thread {
  const kept = version < 9 ? "none" : tail;
  const missing = since.filter(([first]) => version < first).map(([, fields]) => fields);
  if (kept !== "all") missing.push(newTail);
  if (kept === "none") missing.push(oldTail);
  return Object.assign({}, thread, ...missing);
}

/** Version 1 had no device. */
export function fdAsOf(version: number, fd: Fd): Fd {
  return fd.type === "file" && version === 1 ? { ...fd, dev: 0 } : fd;
}

export function interfaceAsOf(linkspeed: boolean, value: Interface): Interface {
  return linkspeed ? value : { ...value, linkspeed: 0 };
}
