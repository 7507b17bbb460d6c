/**
 * Runs in a guest that has Bun (live-guest.test.ts): captures this process's own calls with modern_bpf and writes what it saw to
 * the file that it is called with.
 */
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { PPM_SC } from "#schema/syscalls";
import { LiveCapture, ScapReader, ScapWriter } from "../index.ts";

const [, , output] = process.argv;
const marker = "/tmp/scapyard-marker";
writeFileSync(marker, "");

using capture = LiveCapture.open({
  engine: "modern_bpf",
  bufferBytes: 1 << 20,
  interest: [PPM_SC.OPENAT, PPM_SC.OPEN, PPM_SC.CLOSE],
});
const scan = capture.scan();
const self = capture.threads().find(({ tid }) => tid === process.pid);
using writer = ScapWriter.open({ gzip: true });
writer.copyState(capture);

/** The event loop must go on while nothing comes. */
let ticks = 0;
const opener = setInterval(() => {
  ticks++;
  closeSync(openSync(marker, "r"));
}, 20);
const enough = new AbortController();
let opens = 0;
const names = new Set<string>();
capture.start();
for await (const batch of capture.batches({ signal: enough.signal })) {
  writer.batch(batch);
  for (const event of batch) {
    names.add(event.name);
    if (
      event.info.params.some(({ name }) => name === "name") &&
      event.get("name") === marker &&
      event.tidNumber === process.pid
    )
      opens++;
  }
  if (opens >= 5) break;
}
clearInterval(opener);
capture.stop();
for (let batch = capture.next(); batch; batch = capture.next()) writer.batch(batch);
const stats = capture.stats();

const bytes = writer.bytes();
using reader = ScapReader.open({ bytes });
let written = 0;
let last = 0n;
let ordered = true;
for (const event of reader) {
  written++;
  ordered &&= event.ts >= last;
  last = event.ts;
}
writeFileSync(
  output!,
  JSON.stringify({
    scan: { processes: scan.processes, threads: scan.threads, truncated: scan.truncated },
    exepath: self?.exepath,
    names: [...names],
    opens,
    ticks,
    written,
    ordered,
    lists: reader.threads().length,
    driver: capture.driverInfo(),
    machine: reader.machineInfo()?.cpus,
    stats: Object.fromEntries(Object.entries(stats).map(([name, value]) => [name, Number(value)])),
    release: readFileSync("/proc/sys/kernel/osrelease", "utf8").trim(),
  }),
);
