/** A capture of the existing tools: a web server and its clients in a VM of two CPUs (testdata/README.md). */
import { expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { ScapReader } from "./index.ts";

await ensure(libscapShared(arch));

const path = `${import.meta.dir}/testdata/vm-http.scap.gz`;

test("all of it is read: lists, machine, events, each parameter of its type", () => {
  using reader = ScapReader.open({ path });
  const counts: Record<string, number> = {};
  for (const event of reader) {
    event.values(); // throws if a parameter has not the size of its type
    counts[event.name] = (counts[event.name] ?? 0) + 1;
  }
  expect(counts).toMatchObject({
    switch: 8237,
    page_fault: 5269,
    openat: 285,
    connect: 40,
    useradded: 4,
    groupadded: 5,
  });
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(16922);
  expect(reader.fileInfo()).toEqual({
    offset: 1411072n,
    skippedBlocks: 0n,
    unknownEvents: 0n,
    unconvertedEvents: 0n,
    sections: 1,
    interfaces: 3,
    users: 9,
    processes: 3,
    fds: 228,
    unknownEntries: 0,
  });
  expect(reader.machineInfo()).toMatchObject({ cpus: 2, hostname: "peervm", bootTs: 1795470052000000000n });
});

test("values as the existing tools print them", () => {
  using reader = ScapReader.open({ path });
  const wanted = new Map([
    [1795470137738678027n, { index: 0, name: "connect" }],
    [1795470138112401843n, { index: 1, name: "openat" }],
  ]);
  const got: unknown[] = [];
  for (const event of reader) if (wanted.get(event.ts)?.name === event.name) got.push(event.values());
  expect(got).toEqual([
    {
      res: 0,
      tuple: {
        family: "inet",
        source: { address: "127.0.0.1", port: 33682 },
        dest: { address: "127.0.0.1", port: 8081 },
      },
      fd: 3,
      addr: { family: "inet", address: "127.0.0.1", port: 8081 },
    },
    { fd: 4, dirfd: -100, name: "/dev/null", flags: 262, mode: 0o666, dev: 5, ino: 4 },
  ]);
});

test("the lists, before the first event is taken", () => {
  using reader = ScapReader.open({ path });
  expect(
    reader.threads().map(({ tid, ptid, exepath, args, cgroups }) => [tid, ptid, exepath, args, cgroups[0]]),
  ).toEqual([
    [965, 1, "/bin/busybox", ["0.5"], "cpuset=/"],
    [939, 1, "/bin/peertool", ["live", "/out/vm-http.scap", "0", "200"], "cpuset=/"],
    [1, 0, "/bin/busybox", ["sh", "/init"], "cpuset=/"],
  ]);
  const [first, , , bpf] = reader.fds();
  expect([first, bpf]).toEqual([
    { tid: 965, fd: 2, ino: 3, type: "file", openFlags: 3, dev: 0, name: "/dev/console" },
    { tid: 939, fd: 223, ino: 40, type: "bpf", name: "" },
  ]);
  expect(reader.interfaces().map(({ name, address }) => `${name} ${address}`)).toEqual([
    "lo 127.0.0.1",
    "lo 10.99.0.1",
    "lo ::1",
  ]);
  expect(reader.users()[3]).toEqual({
    uid: 1000,
    gid: 1000,
    name: "alice",
    home: "/home/alice",
    shell: "/bin/sh",
  });
  expect(reader.groups().map(({ gid, name }) => `${gid} ${name}`)).toEqual([
    "0 root",
    "1 daemon",
    "100 users",
    "1000 alice",
    "65534 nogroup",
  ]);
});
