/** The inspector's own promises; what events say is in vm-http.test.ts and beside the fields. */
import { expect, test } from "bun:test";
import { syscalls } from "#schema/syscalls";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "../scap/ffi.ts";
import { ScapWriter } from "../scap/index.ts";
import {
  type FdInfo,
  FilterError,
  Inspector,
  type InspectorOptions,
  interestOf,
  prometheus,
  type SinspEvent,
  type Thread,
} from "./index.ts";
import { encodeEvent, eventNamed } from "./testdata/story.ts";

await ensure(libscapShared(arch));

const savefile = `${import.meta.dir}/../scap/testdata/vm-http.scap.gz`;
const open = (options?: InspectorOptions) => Inspector.open({ savefile }, options);

test("a loop that was left can be gone on with", () => {
  using inspector = open();
  const nums: number[] = [];
  for (const evt of inspector) if (nums.push(evt.num) === 3) break;
  for (const evt of inspector) if (nums.push(evt.num) === 6) break;
  nums.push(inspector.next()!.num);
  expect(nums).toEqual([10, 11, 12, 13, 14, 15, 16]);
});

test("what was closed is still there while one looks at the close, and gone at the next event", () => {
  using inspector = open();
  const closes = inspector.filter("evt.type = close and evt.res = SUCCESS and fd.name startswith /");
  let before: { thread: Thread; number: number; fd: FdInfo } | undefined;
  let seen = 0;
  for (const evt of inspector) {
    if (before) expect(before.thread.fd(before.number)).not.toBe(before.fd);
    before = closes(evt) ? { thread: evt.thread!, number: evt.fdNumber, fd: evt.fd! } : undefined;
    if (!before) continue;
    seen++;
    expect(before.thread.fd(before.number)).toBe(before.fd);
  }
  expect(seen).toBeGreaterThan(50);
});

test("a copy stays as it is", () => {
  using inspector = open();
  const line = inspector.formatter("*%evt.num %proc.name %proc.cmdline %fd.name %evt.res %fd.name_changed");
  const kept: { copy: SinspEvent; line: string | null }[] = [];
  for (const evt of inspector) if (evt.num % 50 === 0) kept.push({ copy: evt.copy(), line: line(evt) });
  expect(kept.length).toBe(338);
  for (const { copy, line: was } of kept) expect(line(copy)).toBe(was);
});

test("JSON of fields: integers exact, absent ones null", () => {
  using inspector = open();
  const json = inspector.json(["evt.rawtime", "proc.name", "evt.type", "toupper(evt.type)", "evt.is_io"]);
  expect(json(inspector.next()!)).toBe(
    '{"evt.rawtime":1795470136649366213,"proc.name":null,"evt.type":"switch","toupper(evt.type)":"SWITCH","evt.is_io":false}',
  );
  expect(() => inspector.json(["evt.num", "proc.namex"])).toThrow(FilterError);
  expect(() => inspector.json(["%evt.num"])).toThrow(FilterError);
  expect(() => inspector.json([""])).toThrow(FilterError);
});

test("the fields that one can ask for", () => {
  using inspector = open();
  const fields = inspector.fields();
  expect(fields.find(({ name }) => name === "proc.aname")?.argument).toEqual({
    kind: "index",
    need: "optional",
  });
  expect(fields.some(({ name }) => name === "util.cnt")).toBe(false);
});

function names(options: InspectorOptions): Map<string, number> {
  using inspector = open(options);
  const counts = new Map<string, number>();
  for (const evt of inspector) {
    const name = evt.getText("proc.name") ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

test("suppression by name takes the whole subtree, and leaves the rest as it was", () => {
  const all = names({});
  const without = names({ suppress: { comms: ["httpd"] } });
  expect(all.get("httpd")).toBeGreaterThan(100);
  expect(without.has("httpd")).toBe(false);
  expect(without.get("peertool")).toBe(all.get("peertool")!);
  // Everything descends from init, except the kernel.
  const kernel = names({ suppress: { comms: ["init"] } });
  expect(["init", "httpd", "peertool"].filter((name) => kernel.has(name))).toEqual([]);
});

test("suppression by tid", () => {
  const tids = (options: InspectorOptions) => {
    using inspector = open(options);
    return new Set(Array.from(inspector, (evt) => evt.raw.tidNumber));
  };
  const all = tids({});
  const some = [...all].filter((tid) => tid > 1).slice(0, 3);
  const without = tids({ suppress: { tids: some } });
  for (const tid of some) expect(without.has(tid)).toBe(false);
  expect(without.size).toBeLessThan(all.size);
  expect(without.size).toBeGreaterThan(0);
});

test("what was counted, also as Prometheus reads it", () => {
  using inspector = open({ suppress: { comms: ["httpd"] } });
  while (inspector.next());
  const all = inspector.stats();
  const value = (name: string) => all.find((metric) => metric.name === name)!.value;
  expect(value("n_threads")).toBe(inspector.threads.size);
  expect(value("n_numbered_evts") + value("n_suppressed_evts")).toBe(16922);
  expect(value("n_added_threads") - value("n_removed_threads")).toBe(value("n_threads"));
  expect(value("memory_rss_kb")).toBeGreaterThan(1000);
  const text = prometheus(all, { namespace: "scapyard", subsystem: "sinsp" });
  expect(text).toContain(
    `# TYPE scapyard_sinsp_state_n_threads gauge\nscapyard_sinsp_state_n_threads ${inspector.threads.size}\n`,
  );
  expect(text).toMatch(/^scapyard_sinsp_resource_memory_rss_bytes \d+$/m);
});

test("without a driver: the threads of this machine, and no events", () => {
  using inspector = Inspector.open({ nodriver: {} });
  expect(inspector.threads.get(process.pid)).toMatchObject({ pid: process.pid, ptid: process.ppid });
  expect([...inspector]).toEqual([]);
});

test("what a filter needs to be recorded", () => {
  using inspector = open();
  const codes = (text: string, options: Parameters<typeof interestOf>[1]) => {
    const chosen = new Set(interestOf(inspector.filter(text), options));
    return (...names: string[]) =>
      names.filter((name) => chosen.has(syscalls.find((one) => one.name === name)!.sc));
  };
  const asked = ["read", "openat", "execve", "close", "sched_process_exit", "futex", "uname", "recvmsg"];
  const needs = "state";
  expect(codes("evt.type = uname", { needs })(...asked)).toEqual([
    "openat",
    "execve",
    "close",
    "sched_process_exit",
    "uname",
    "recvmsg",
  ]);
  expect(codes("evt.type = uname", { needs: "repair" })(...asked)).toEqual([
    "execve",
    "sched_process_exit",
    "uname",
  ]);
  expect(codes("evt.type = read and fd.name startswith /etc", { needs, withoutIo: true })(...asked)).toEqual([
    "read",
    "openat",
    "execve",
    "close",
    "sched_process_exit",
  ]);
  expect(codes("evt.type in (futex)", { needs: "repair" })(...asked)).toContain("futex");
});

/** A capture of these events, a millisecond between them. */
function captured(...names: string[]): Inspector {
  using writer = ScapWriter.open();
  for (const [i, name] of names.entries())
    writer.frame(encodeEvent(eventNamed(name), {}, { tid: 1, ts: BigInt(i + 1) * 1_000_000n }));
  return Inspector.open({ bytes: writer.bytes() });
}

test("users at the head of a capture are part of its lists, later ones are events", () => {
  using inspector = captured("useradded", "groupadded", "close", "useradded", "open>", "close");
  const shown = Array.from(inspector, (evt) => `${evt.num} ${evt.name} ${evt.get("evt.reltime")}`);
  expect(shown).toEqual(["3 close 0", "4 useradded 1000000", "6 close 3000000"]);
});

test("times count from the first event of a thread, even of one that is not shown", () => {
  using inspector = captured("open>", "close");
  expect(Array.from(inspector, (evt) => evt.get("evt.reltime"))).toEqual([1_000_000]);
});
