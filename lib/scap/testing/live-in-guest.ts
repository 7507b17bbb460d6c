/**
 * Runs in a guest, `bun live-in-guest.ts modern_bpf|kmod`: takes a LiveCapture through all that it can do, and prints as JSON
 * what came of it. live-guest.test.ts knows what ought to.
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { PPM_SC } from "#schema/syscalls";
import { LiveCapture, ScapError } from "../index.ts";

const [engine, modulePath] = process.argv.slice(2) as ["modern_bpf" | "kmod", string];
const payload = "0123456789".repeat(10);
const file = openSync("/payload", "w");

/** Events of this process that are of interest, by short texts. */
function describe(name: string, values: Record<string, unknown>): string | null {
  if (name === "write" && values.size === payload.length)
    return `write ${(values.data as Uint8Array | null)?.length ?? 0} of ${values.res}`;
  // Enter events have no result: not said here.
  if (name === "openat" && "fd" in values && String(values.name).startsWith("/fail"))
    return Number(values.fd) < 0 ? `openat ${values.fd}` : "openat a file";
  return null;
}

let marks = 0;
let last = 0n;
let backwards = 0;
let read = 0;
const tids = new Set<number>();

/** What this process does, and what the capture tells of it; a directory that it makes then is the end. */
async function eventsOf(capture: LiveCapture, act: () => void): Promise<string[]> {
  const mark = `/mark-${process.pid}-${marks++}`;
  act();
  mkdirSync(mark);
  const seen: string[] = [];
  const end = new AbortController();
  for await (const batch of capture.batches({ signal: end.signal }))
    for (const event of batch) {
      read++;
      if (event.ts < last) backwards++;
      last = event.ts;
      tids.add(event.tidNumber);
      if (event.tidNumber !== process.pid) continue;
      const values = event.values();
      const text = describe(event.name, values);
      if (text) seen.push(text);
      if (values.path === mark) end.abort();
    }
  return seen;
}

const writes = () => void writeSync(file, payload);
const opens = () => {
  try {
    openSync("/fail/nowhere", "r");
  } catch {}
  closeSync(openSync("/failure", "w"));
};

function refusal(act: () => void): string {
  try {
    act();
    return "none";
  } catch (error) {
    return error instanceof ScapError ? `${error.code}: ${error.message}` : String(error);
  }
}

const capture = LiveCapture.open({ engine, modulePath, bufferBytes: 4 << 20, snaplen: 16 });
const driver = capture.driverInfo();
writes();
const beforeStart = { batch: capture.next(), pushed: Number(capture.stats().pushed) };
capture.start();
const scan = capture.scan();
const threads = capture.threads();

const phases: Record<string, string[]> = {};
phases.snaplen16 = await eventsOf(capture, writes);
capture.setSnaplen(64);
phases.snaplen64 = await eventsOf(capture, writes);
capture.setInterest([PPM_SC.MKDIR, PPM_SC.MKDIRAT, PPM_SC.OPENAT, PPM_SC.OPEN]);
phases.interest = await eventsOf(capture, () => {
  writes();
  opens();
});
capture.setDropFailed(true);
phases.dropFailed = await eventsOf(capture, opens);
capture.setDropFailed(false);
capture.setInterest();
phases.everything = await eventsOf(capture, () => {
  writes();
  opens();
});
const resetWhileRunning = refusal(() => capture.reset());
capture.stop();
writes();
const rest = new AbortController();
rest.abort();
const afterStop: string[] = [];
for await (const batch of capture.batches({ signal: rest.signal }))
  for (const event of batch) {
    read++;
    const text = event.tidNumber === process.pid ? describe(event.name, event.values()) : null;
    if (text) afterStop.push(text);
  }
const stats = capture.stats();
const counted = { read, late: backwards };
capture.reset();
const afterReset = capture.stats();
capture.start();
phases.startedAgain = await eventsOf(capture, writes);
capture.stop();
capture.close();

const report = {
  driver,
  beforeStart,
  scan,
  self: threads.find(({ tid }) => tid === process.pid),
  init: threads.find(({ tid }) => tid === 1),
  // Older than this process, hence older than the scan.
  unknown: [...tids].filter(
    (tid) => tid > 0 && tid <= process.pid && !threads.some((one) => one.tid === tid),
  ),
  joined: [...tids].filter((tid) => threads.some((one) => one.tid === tid)).length,
  phases,
  afterStop,
  counted,
  stats,
  afterReset,
  resetWhileRunning,
  afterClose: refusal(() => capture.stats()),
};
console.log(JSON.stringify(report, (_, value) => (typeof value === "bigint" ? Number(value) : value)));
