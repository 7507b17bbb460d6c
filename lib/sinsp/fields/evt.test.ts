import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { State } from "../state/state.ts";
import { fieldsOf, type Row } from "../testdata/rows.ts";
import { type Params, Story } from "../testdata/story.ts";

process.env.TZ = "UTC";

const ts = 1_700_000_001_002_003_004n; // 2023-11-14 22:13:21 UTC
const json = String(ts);
const machine = { hostname: "box", bootTs: 0n } as never;

fieldsOf(
  "times",
  () =>
    new Story(new State(machine)).tell("close", {}, { ts: ts - 1_000_000_001n }).tell("close", {}, { ts }),
  [
    ["evt.time", "22:13:21.002003004", undefined, json],
    ["evt.time.s", "22:13:21", undefined, json],
    ["evt.datetime", "2023-11-14 22:13:21.002003004", undefined, json],
    ["evt.datetime.s", "2023-11-14 22:13:21", undefined, json],
    ["evt.time.iso8601", "2023-11-14T22:13:21.002003004+0000", undefined, json],
    ["evt.rawtime", ts],
    ["evt.rawtime.s", 1_700_000_001],
    ["evt.rawtime.ns", 2_003_004, "002003004"],
    ["evt.reltime", 1_000_000_001],
    ["evt.reltime.s", 1],
    ["evt.reltime.ns", 1, "000000001"],
    ["evt.outputtime", "22:13:21.002003004", undefined, json],
    ["evt.hostname", "box"],
    ["evt.latency", 0],
    ["evt.latency.s", 0],
    ["evt.latency.ns", 0, "000000000"],
    ["evt.latency.quantized", 0],
    ["evt.latency.human", "0ns"],
    ["evt.wait_latency", 0],
  ],
);

test("a field that remembers: each occurrence for itself, and JSON asks twice", () => {
  const story = new Story();
  const seen = (field: string) => story.get(field);
  const told = [0n, 2_500_000_007n, 2_500_000_007n].map((passed) => {
    story.tell("close", {}, { ts: ts + passed });
    return ["evt.deltatime", "evt.deltatime.s", "evt.deltatime.ns", "util.cnt"].map(seen);
  });
  expect(told).toEqual([
    [0, 0, 0, 1],
    [2_500_000_007, 2, 500_000_007, 2],
    [0, 0, 0, 3],
  ]);
  expect([story.json("evt.deltatime"), story.json("util.cnt")]).toEqual(["0", "2"]);
});

test.each([
  ["h", "22:13:21.002003004"],
  ["a", "1700000001.2003004"],
  ["r", "1.000000001"],
  ["d", "0.000000000"],
  ["D", "1.000000001"],
] as const)("evt.outputtime in the mode %s", (timeMode, text) => {
  const story = Object.assign(new Story(), { timeMode }).tell("close", {}, { ts: ts - 1_000_000_001n });
  story.get("evt.outputtime");
  expect(story.tell("close", {}, { ts }).get("evt.outputtime")).toBe(text);
});

const none: Row[] = ["evt.pluginname", "evt.plugininfo", "evt.asynctype"].map((field) => [field, null]);
fieldsOf("a system call", () => new Story().tell("openat", { fd: -2, dirfd: -100, name: "x" }), [
  ...none,
  ["evt.source", "syscall"],
  ["evt.hostname", null],
  // Of names that several events have had, it means the oldest one.
  ["evt.type.is.openat", 0],
  ["evt.count.exit", 1],
  ["evt.count.procinfo", 0],
  ["evt.count.threadinfo", 0],
  ["evt.count.error", 1],
  ["evt.count.error.file", 1],
  ["evt.count.error.net", null],
  ["evt.count.error.memory", null],
  ["evt.count.error.other", null],
  ["thread.exectime", 0],
]);

fieldsOf("a close", () => new Story().tell("close", { res: 0 }), [
  ["evt.type.is.close", 1],
  ["evt.type.is.open", 0],
]);

fieldsOf(
  "an asynchronous event",
  () => new Story().tell("asyncevent", { plugin_id: 0, name: "container", data: "{}" }),
  [
    ["evt.asynctype", "container"],
    ["evt.type", "container"],
    ["evt.source", "syscall"],
    ["evt.is_async", true],
    ["syscall.type", null],
    ["evt.count.exit", null],
    ["proc.name", "cat"],
  ],
);

fieldsOf("the same without a name", () => new Story().tell("asyncevent"), [["evt.type", "<NA>"]]);
fieldsOf(
  "a call that the driver had no name for",
  () => new Story().tell("syscall", { ID: 0, nativeID: 39 }),
  [["evt.type", "getpid"]],
);
fieldsOf("a call that nobody has a name for", () => new Story().tell("syscall", { nativeID: 9999 }), [
  ["evt.type", "<unknown>"],
]);
fieldsOf("a text of an old driver", () => new Story().tell("chdir", { res: -2, path: "(NULL)" }), [
  ["evt.arg.path", "<NA>"],
  ["evt.rawarg.path", "<NA>"],
]);

fieldsOf(
  "an event of a plugin that is not there",
  () => new Story().tell("pluginevent", { plugin_id: 3, event_data: new Uint8Array(2) }),
  [...none, ["evt.source", null], ["evt.type", "pluginevent"]],
);

fieldsOf("statistics of a process", () => new Story().tell("procinfo", { cpu_usr: 10, cpu_sys: 5 }), [
  ["evt.asynctype", "procinfo"],
  ["evt.count.procinfo", 1],
  ["evt.count.threadinfo", 1],
  ["thread.cpu", 0, "0.0"],
]);

test("loads grow from one statistic to the next, of each thread, to 100 at most: what shrinks wraps around", () => {
  const story = new Story();
  const loads = [
    [0, 5],
    [10, 5],
    [30, 6],
    [300, 7],
    [200, 7],
  ].map(([cpu_usr, cpu_sys]) => {
    story.tell("procinfo", { cpu_usr, cpu_sys } as Params);
    return ["thread.cpu", "thread.cpu.user", "thread.cpu.system"].map((field) => story.get(field));
  });
  expect(loads).toEqual([
    [0, 0, 0],
    [10, 0, 0],
    [21, 20, 1],
    [100, 100, 1],
    [100, 100, 0],
  ]);
  expect(story.tell("close").get("thread.cpu")).toBeNull();
});

test("time on a CPU: from one switch to the next", () => {
  const story = new Story();
  const told = [
    [0n, 0, 100],
    [5n, 1, 100],
    [7n, 0, 1],
    [9n, 1, 100],
  ].map(([at, cpu, tid]) => {
    story.tell("switch", { next: 1 }, { ts: ts + BigInt(at!), cpu: Number(cpu), tid: Number(tid) });
    return ["thread.exectime", "thread.totexectime"].map((field) => story.get(field));
  });
  expect(told).toEqual([
    [0, 0],
    [0, 0],
    [7, 7],
    [4, 4],
  ]);
  expect(story.tell("switch", { next: 1 }, { tid: 77 }).get("thread.totexectime")).toBeNull();
});

const transferred = ["", ".in", ".out", ".file", ".file.in", ".file.out", ".net", ".net.in", ".net.out"];
test.each([
  ["read", { res: 5, fd: 3 }, [5, 5, null, 5, 5, null, null, null, null]],
  ["write", { res: 5, fd: 3 }, [5, null, 5, 5, null, 5, null, null, null]],
  ["read", { res: 5, fd: 4 }, [5, 5, null, null, null, null, 5, 5, null]],
  ["sendto", { res: 5, fd: 4 }, [5, null, 5, null, null, null, 5, null, 5]],
  ["read", { res: -1, fd: 3 }, Array(9).fill(null)],
  ["read", { res: 5, fd: 9 }, Array(9).fill(null)],
  ["mprotect", { res: 0 }, Array(9).fill(null)],
] as [string, Params, (number | null)[]][])("bytes of %s %p", (name, params, expected) => {
  const story = new Story().tell("open", { fd: 3, name: "/f" }).tell("socket", { fd: 4, domain: 2, type: 1 });
  story.tell(name, params);
  expect(transferred.map((kind) => story.get(`evt.buflen${kind}`))).toEqual(expected);
});

const errors = ["", ".file", ".net", ".memory", ".other"];
test.each([
  ["open", { fd: -2 }, [1, 1, null, null, null]],
  ["accept", { fd: -2 }, [1, null, 1, null, null]],
  ["connect", { res: 0, fd: 4 }, [0, null, 0, null, null]],
  ["munmap", { res: -22 }, [1, null, null, 1, null]],
  ["mkdir", { res: -22 }, [1, null, null, null, 1]],
  ["read", { res: -22, fd: 3 }, [1, 1, null, null, null]],
  ["read", { res: -22, fd: 5 }, [1, null, null, null, 1]],
  ["procexit", {}, [null, null, null, null, null]],
] as [string, Params, (number | null)[]][])("errors of %s %p", (name, params, expected) => {
  const story = new Story().tell("open", { fd: 3, name: "/f" }).tell("socket", { fd: 4, domain: 2, type: 1 });
  story.tell("eventfd2", { res: 5 }).tell(name, params);
  expect(errors.map((kind) => story.get(`evt.count.error${kind}`))).toEqual(expected);
});

const infra = {
  source: "docker",
  name: "e",
  description: "Event:start; ID:0123456789abcdef ;name:web;Image:nginx@sha256:ab",
};
fieldsOf("an event of the infrastructure", () => new Story().tell("infra", infra), [
  ["evt.infra.docker.name", "start"],
  ["evt.infra.docker.container.id", "0123456789ab"],
  ["evt.infra.docker.container.name", "web"],
  ["evt.infra.docker.container.image", "nginx"],
]);
fieldsOf("another event", () => new Story().tell("close"), [
  ["evt.infra.docker.name", null],
  ["evt.infra.docker.container.id", null],
  ["evt.infra.docker.container.name", null],
  ["evt.infra.docker.container.image", null],
]);

test.each([
  ["Image: sha256:ab", "sha256:ab"],
  ["Image: nginx:1.2", "nginx"],
  ["Image:nginx:1@sha256:ab", "nginx"],
  ["Image", null],
])("%s", (description, image) => {
  expect(new Story().tell("infra", { description }).get("evt.infra.docker.container.image")).toBe(image);
});

test("evt.around is a question for filters", () => {
  const story = new Story().tell("close", {}, { ts });
  const distance = (at: bigint) => story.passes(`evt.around[${at}] = 5`);
  expect([ts - 5_000_000n, ts + 5_000_000n, ts + 5_000_001n].map(distance)).toEqual([true, true, false]);
  expect(() => story.get("evt.around[5]")).toThrow("can only be used in filters");
});

const data = Buffer.from("GET /\r\n");
fieldsOf("data", () => new Story().tell("read", { res: 7, fd: 3, data, size: 99 }), [
  ["evt.buffer", new Uint8Array(data), "GET /..", '"GET /.."'],
  ["evt.rawarg.res", 7],
  ["evt.rawarg.size", 99],
  ["evt.rawarg.data", new Uint8Array(data), "GET /..", '"GET /.."'],
  ["evt.rawarg.dirfd", null],
]);
fieldsOf("no data", () => new Story().tell("read", { res: -5, fd: 3 }), [
  ["evt.buffer", new Uint8Array(0), "NULL", '"NULL"'],
  ["evt.rawarg.data", null],
  ["evt.rawarg.size", null, "0", "0"],
]);
fieldsOf(
  "raw values",
  () => new Story().tell("openat", { fd: 3, dirfd: -100, mode: 0o644, flags: PPM.PPM_O_RDWR, dev: 0xab }),
  [
    ["evt.rawarg.dirfd", -100],
    ["evt.rawarg.name", "<NA>"],
    ["evt.rawarg.flags", 3, "3", '"3"'],
    ["evt.rawarg.mode", 0o644, "644", '"644"'],
    ["evt.rawarg.dev", 0xab, "AB", '"AB"'],
  ],
);
fieldsOf("a negative number in hex", () => new Story().tell("semget", { key: -2 }), [
  ["evt.rawarg.key", -2, "FFFFFFFE", '"FFFFFFFE"'],
]);
fieldsOf("structures", () => new Story().tell("bind", { res: 0, fd: 3, addr: { ip: "10.0.0.1", port: 5 } }), [
  ["evt.rawarg.addr", "10.0.0.1:5"],
]);

test("data in filters are bytes", () => {
  const story = new Story().tell("read", { res: 7, fd: 3, data });
  expect(
    ["evt.buffer contains GET", "evt.buffer bcontains 0d0a", "evt.rawarg.res > 6", "evt.rawarg.size > 0"].map(
      (filter) => story.passes(filter),
    ),
  ).toEqual([true, true, true, false]);
});
