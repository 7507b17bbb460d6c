import { expect, test } from "bun:test";
import { FdInfo, FdType } from "./fd.ts";
import { FdTable } from "./fd-table.ts";
import { Interfaces } from "./interfaces.ts";
import { joinPath } from "./path.ts";
import { Purge } from "./purge.ts";
import { Texts } from "./texts.ts";
import { Thread } from "./thread.ts";
import { Threads } from "./threads.ts";

function thread(tid: number, { pid = tid, ptid = 1, reaperTid = -1 } = {}): Thread {
  return Object.assign(new Thread(tid), { pid, ptid, vtid: tid, vpid: pid, reaperTid, comm: `t${tid}` });
}

function table(...all: Thread[]): Threads {
  const threads = new Threads();
  for (const one of all) threads.add(one);
  return threads;
}

test("children of a process that ends go to init, unless another thread of it lives", () => {
  const threads = table(
    thread(1, { ptid: 0 }),
    thread(10),
    thread(11, { pid: 10 }),
    thread(20, { ptid: 10 }),
  );
  threads.remove(10);
  expect(threads.get(20)?.ptid).toBe(11);
  expect(threads.get(10)?.dead).toBe(true);
  threads.remove(11);
  expect(threads.get(20)?.ptid).toBe(1);
  expect(threads.get(10)).toBeUndefined();
});

test("of a reaping process the main thread gets them, even if another one has been known for longer", () => {
  const threads = table(thread(1, { ptid: 0 }), thread(6, { pid: 5 }), thread(5));
  threads.setReaper(threads.get(5)!, true);
  for (const one of [thread(10, { ptid: 6 }), thread(20, { ptid: 10 })]) threads.add(one);
  threads.remove(10);
  expect(threads.get(20)?.ptid).toBe(5);
});

test("the kernel's word on who reaps counts", () => {
  const dying = thread(10, { reaperTid: 5 });
  const threads = table(thread(1, { ptid: 0 }), thread(5), dying, thread(20, { ptid: 10 }));
  threads.remove(10);
  expect(threads.get(20)?.ptid).toBe(5);
});

test("a circle of parents ends a walk", () => {
  const threads = table(thread(10, { ptid: 20 }), thread(20, { ptid: 10 }));
  expect(threads.get(10)?.ptid).toBe(0);
  threads.get(20)!.adopt(threads.get(10)!);
  expect([...threads.walk(threads.get(10)!)].map(({ tid }) => tid)).toEqual([20]);
});

test("a full table counts what it refuses", () => {
  const threads = new Threads(2);
  for (const tid of [1, 2, 3]) threads.add(thread(tid));
  expect([threads.size, threads.counters.dropped]).toEqual([2, 1]);
  threads.remove(2);
  expect(threads.add(thread(3))).toBe(true);
});

test("a tid that is used again is another thread", () => {
  const threads = table(thread(1, { ptid: 0 }), thread(10), thread(20, { ptid: 10 }));
  threads.add(thread(10));
  expect(threads.get(10)?.comm).toBe("t10");
  expect(threads.get(10)?.group?.threads.size).toBe(1);
  expect(threads.get(20)?.ptid).toBe(1);
});

test("descriptors: copies are independent, CLOEXEC ones end at exec, the table has a limit", () => {
  const fds = new FdTable(3);
  for (const fd of [0, 1, 2]) expect(fds.set(fd, new FdInfo(FdType.FILE_V2))).toBe(true);
  expect(fds.set(3, new FdInfo(FdType.FIFO))).toBe(false);
  const copy = fds.copy();
  copy.own(1)!.name = "changed";
  expect(fds.get(1)!.name).toBe("");
  fds.closeRange(1, 2, true);
  fds.closeOnExec();
  expect([fds.size, copy.size]).toEqual([1, 3]);
});

test.each([
  ["/a/", "b", "/a/b"],
  ["/a/", "../c//d/.", "/c/d"],
  ["/", "..", "/"],
  ["/a/", "/x/./y/", "/x/y"],
  ["/a/", "/../x", "/x"],
  ["", "/", "/"],
  ["<UNKNOWN>", "x", "<UNKNOWN>x"],
  ["a", "../", "a.."],
  ["a/", "../", ""],
  ["foo/", "..//a", "a"],
  ["/foo/", "..//a", "/a"],
  ["heolo", "w////////////..//////.////////r.|", "r.|"],
  ["", "./", ""],
  ["", "./dir/term", "dir/term"],
  ["../.../", "dir/././././../../.../term/", "../.../term"],
  ["../.../", "/app/custom/dir/././././../../.../term/", "/app/.../term"],
  ["app/////", "custom////term", "app/////custom/term"],
  ["/a/", "x".repeat(1020), `/a/${"x".repeat(1020)}`],
  ["/a/", "x".repeat(1021), "/DIR_TOO_LONG/FILENAME_TOO_LONG"],
  ["/", "ä".repeat(512), "/DIR_TOO_LONG/FILENAME_TOO_LONG"],
])("%s + %s", (base, path, joined) => {
  expect(joinPath(base, path)).toBe(joined);
});

test("local addresses: IPv4 as a whole, IPv6 by network", () => {
  const interfaces = new Interfaces();
  for (const address of ["192.0.2.1", "2001:db8::1"]) interfaces.add({ address });
  const isLocal = ["192.0.2.1", "192.0.2.2", "2001:db8::9", "2001:db8:0:1::1"].map((a) =>
    interfaces.isLocal(a),
  );
  expect(isLocal).toEqual([true, false, true, false]);
});

test("the address that talks to a peer: its own, one of the same network, any but the loopback", () => {
  const interfaces = new Interfaces();
  interfaces.add({ address: "127.0.0.1", netmask: "255.0.0.0" });
  interfaces.add({ address: "198.51.100.7", netmask: "255.255.255.0" });
  interfaces.add({ address: "192.0.2.1", netmask: "255.255.255.0" });
  interfaces.add({ address: "2001:db8::1" });
  const peers = ["192.0.2.1", "192.0.2.9", "127.3.2.1", "8.8.8.8", "2001:db8::5", "fe80::1"];
  expect(peers.map((peer) => interfaces.localFor(peer))).toEqual([
    "192.0.2.1",
    "192.0.2.1",
    "127.0.0.1",
    "198.51.100.7",
    "2001:db8::1",
    "2001:db8::1",
  ]);
});

test("names of cgroup subsystems are those of rules; what is none is left out", () => {
  const one = thread(10);
  one.setCgroups(Texts.of(["perf_cgroup=/a", "mem_cgroup=/b", "io=/c", "nothing", "cpu_cgroup=/d=e"]));
  expect(one.cgroups).toEqual(["perf_event=/a", "memory=/b", "blkio=/c", "cpu=/d=e"]);
});

test("purging takes placeholders and those that are gone; their children go to others", () => {
  const threads = table(thread(1, { ptid: 0 }), thread(10), thread(20, { ptid: 10 }));
  threads.getOrPlaceholder(99);
  expect(threads.purge(({ tid }) => tid !== 10)).toBe(2);
  expect([...threads].map(({ tid, ptid }) => [tid, ptid])).toEqual([
    [1, 0],
    [20, 1],
  ]);
});

test("after a fork both have the same descriptors, and neither sees what the other does to them", () => {
  const parent = new FdTable();
  for (const fd of [3, 4, 5]) parent.set(fd, Object.assign(new FdInfo(FdType.FILE_V2), { name: `f${fd}` }));
  const child = parent.copy();
  child.own(3)!.name = "changed";
  parent.own(4)!.name = "other";
  child.closeRange(5, 5, true);
  expect([parent.get(3)?.name, child.get(3)?.name]).toEqual(["f3", "changed"]);
  expect([parent.get(4)?.name, child.get(4)?.name]).toEqual(["other", "f4"]);
  expect([parent.get(5)?.openFlags, child.get(5)?.openFlags]).toEqual([0, 4096]);
  expect(child.own(3)).toBe(child.get(3)!);
});

test("packed texts are taken apart when asked for", () => {
  expect(Texts.packed("a\0b c\0").list).toEqual(["a", "b c", ""]);
  expect(Texts.packed("\xc3\xa9\0\xff").list).toEqual(["é", "\ufffd"]);
  expect(Texts.none.list).toEqual([]);
});

test("a purge comes after half a minute, then every twenty minutes, and looks twice", () => {
  const threads = table(thread(5), thread(6), thread(7));
  const alive = new Set([7]);
  const purge = new Purge(({ tid }) => alive.has(tid));
  const seconds = (at: number) => purge.tick(at * 1000, threads);
  expect([0, 29, 31].map(seconds)).toEqual([0, 0, 0]);
  // The second one was only late, the third one ended meanwhile, and there is one more.
  alive.add(6).delete(7);
  threads.add(thread(8));
  expect([40, 42, 43].map(seconds)).toEqual([0, 1, 0]);
  expect([...threads].map(({ tid }) => tid)).toEqual([6, 7, 8]);
  expect([1200, 1243, 1254].map(seconds)).toEqual([0, 0, 2]);
});

test("a copy of a descriptor has all its facts", () => {
  const info = new FdInfo(FdType.IPV4);
  for (const key of Object.keys(info) as (keyof FdInfo)[])
    if (key !== "type" && key !== "shared") Object.assign(info, { [key]: `${key} of it` });
  expect(info.copy()).toEqual(info);
  expect(info.copy(FdType.IPV6).type).toBe(FdType.IPV6);
});
