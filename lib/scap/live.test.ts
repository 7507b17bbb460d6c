/** The engine without a driver, and this machine's state. Drivers are tested in guests: live-guest.test.ts. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { type DynamicSnaplen, LiveCapture, ScapReader, ScapWriter, type Thread } from "./index.ts";

await ensure(libscapShared(arch));

const open = () => LiveCapture.open({ engine: "nodriver" });

/** Programs that change their argv[0] can make it longer than a file takes. */
const asWritten = (thread: Thread): Thread => ({ ...thread, exe: thread.exe.slice(0, 1024) });

test("this process, its listening socket, and the users of /etc/passwd", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  using capture = open();
  const info = capture.scan({ pid: process.pid });
  server.close();
  const threads = capture.threads();
  expect(info).toMatchObject({ processes: 1, threads: threads.length, truncated: false });
  expect(threads.find(({ tid }) => tid === process.pid)).toMatchObject({
    pid: process.pid,
    ptid: process.ppid,
    exepath: process.execPath,
    cwd: process.cwd(),
  });
  expect(capture.fds()).toContainEqual(
    expect.objectContaining({
      type: "ipv4server",
      local: { address: "127.0.0.1", port },
      l4proto: "tcp",
    }),
  );
  const users = readFileSync("/etc/passwd", "utf8").trimEnd().split("\n");
  expect(capture.users().map(({ name }) => name)).toEqual(users.map((line) => line.split(":")[0]!));
  expect(capture.interfaces().map(({ name }) => name)).toContain("lo");
});

test("a scan is written, and read back equal", () => {
  using capture = open();
  capture.scan({ timeoutMs: 10_000 });
  using writer = ScapWriter.open({ gzip: true });
  writer.copyState(capture);
  using reader = ScapReader.open({ bytes: writer.bytes() });
  expect(reader.threads()).toEqual(capture.threads().map(asWritten));
  expect(reader.interfaces()).toEqual(capture.interfaces());
  expect(reader.users()).toEqual(capture.users());
  expect(reader.fds().length).toBe(capture.fds().length);
  expect(reader.machineInfo()).toEqual(capture.machineInfo());
});

test("no events, no rings, no losses; the event loop goes on", async () => {
  using capture = open();
  capture.start();
  const end = new AbortController();
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks === 3) end.abort();
  }, 5);
  for await (const _ of capture.batches({ signal: end.signal })) throw new Error("an event out of nothing");
  clearInterval(timer);
  capture.stop();
  capture.reset();
  expect(ticks).toBeGreaterThanOrEqual(3);
  expect(capture.stats()).toMatchObject({ seen: 0n, pushed: 0n, read: 0n });
  expect(capture.losses()).toMatchObject({ openExit: 0n, procExit: 0n, other: 0n });
  expect(capture.driverInfo()).toMatchObject({ engine: "nodriver", rings: 0 });
});

test("counters have the names that dashboards know", () => {
  using capture = open();
  const kinds = [
    "clone_fork_exit",
    "execve_exit",
    "connect_enter",
    "connect_exit",
    "open_enter",
    "open_exit",
  ];
  const more = ["dir_file_exit", "other_interest_exit", "close_exit", "proc_exit"];
  expect([...capture.metrics({ perCpu: true, programs: true })]).toEqual(
    [
      ...["n_evts", "n_drops_buffer_total", ...[...kinds, ...more].map((kind) => `n_drops_buffer_${kind}`)],
      ...["n_drops_scratch_map", "n_drops_bug", "n_preemptions", "n_drops"],
    ].map((name) => [name, 0n] as const),
  );
});

test("settings that no driver takes are refused", () => {
  const refused = (dynamicSnaplen: DynamicSnaplen) => () =>
    LiveCapture.open({ engine: "nodriver", dynamicSnaplen });
  expect(refused({ fullcapturePorts: [443, 80] })).toThrow("ports 443 to 80: the first is above the last");
  expect(refused({ statsdPort: 65_536 })).toThrow("65536 is no port");
  expect(() => LiveCapture.open({ engine: "nodriver", bufferPreset: 11 })).toThrow(
    "buffer_preset 11: it is 1 to 10",
  );
  using capture = LiveCapture.open({ engine: "nodriver", dynamicSnaplen: { fullcapturePorts: [80, 443] } });
  capture.setDynamicSnaplen(null);
});

test("lists before a scan, and unknown engines, are refused", () => {
  using capture = open();
  expect(() => capture.threads()).toThrow("scap_scan()");
  expect(() => capture.scan({ pid: 2 ** 22 + 1 })).toThrow("there is no process");
  expect(() => LiveCapture.open({ engine: "legacy" as "kmod" })).toThrow(
    'engine "legacy" is not in this build',
  );
  expect(() => LiveCapture.open({ engine: "nodriver", interest: [512] })).toThrow("512 is no PPM_SC code");
  capture.close();
  expect(() => capture.stats()).toThrow("the capture is closed");
});
