/** The reader against files of the independent generator: every block version, both byte orders. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../ffi.ts";
import { ScapReader } from "../index.ts";
import { lists } from "../testdata/arbitrary-lists.ts";
import { join } from "../testdata/file.ts";
import { fdAsOf, interfaceAsOf, threadAsOf } from "./as-of.ts";
import * as blocks from "./blocks.ts";
import { fixtureBytes, fixtureText, orders, readFixture } from "./fixtures.ts";
import { fds, groups, interfaces, machine, samples, threads, users } from "./samples.ts";

await ensure(libscapShared(arch));

function read(...parts: Uint8Array[]) {
  using reader = ScapReader.open({ bytes: join(parts) }, { raw: true });
  return {
    events: Array.from(reader, (event) => event.copy()),
    threads: reader.threads(),
    fds: reader.fds(),
    interfaces: reader.interfaces(),
    users: reader.users(),
    groups: reader.groups(),
    machine: reader.machineInfo(),
    info: reader.fileInfo(),
  };
}

type Read = ReturnType<typeof read>;

const readEvent = { ts: 1_700_000_000_123_456_789n, tid: 1001n, cpu: 3, type: 7 };
const asyncEvent = { ts: 5n, tid: 2n ** 64n - 1n, cpu: 65535, type: 402 };
const numberOf = (name: string) => Number(/-v(\d)/.exec(name)?.[1]);

/** What the reader must find in a sample's block. */
function expected(name: string): Partial<Record<keyof Read, unknown>> {
  const version = numberOf(name);
  if (name.startsWith("machine")) return { machine };
  if (name.startsWith("processes")) {
    const tail = name.endsWith("old-tail") ? "old" : name.endsWith("no-tail") ? "none" : "all";
    return { threads: threads.map((thread) => threadAsOf(version, thread, tail)) };
  }
  if (name === "fds-v2-unknown")
    return { fds: [fds[0], { tid: 1001, fd: 99, ino: 1, type: "unsupported", name: "unknown-type:[77]" }] };
  if (name.startsWith("fds")) return { fds: fds.map((fd) => fdAsOf(version, fd)) };
  if (name.startsWith("interfaces"))
    return { interfaces: interfaces.map((i) => interfaceAsOf(!name.endsWith("no-speed"), i)) };
  if (name.startsWith("users")) return { users, groups };
  return {};
}

describe.each(orders)("%s-endian", (order) => {
  test.each(samples.map((sample) => [sample.name, sample] as const))("%s", (name, sample) => {
    expect(readFixture(sample)).toBe(fixtureText(sample));
    const section = name.startsWith("section") ? [] : [blocks.section(order).bytes];
    const found = read(...section, fixtureBytes(sample, order));
    expect(found).toMatchObject(expected(name) as Read);
    expect(found.info).toMatchObject({
      sections: 1,
      skippedBlocks: 0n,
      unknownEvents: 0n,
      unknownEntries: name === "fds-v2-unknown" ? 1 : 0,
    });
    const large = name.includes("large");
    if (!name.startsWith("event")) return;
    expect(found.events).toHaveLength(1);
    const [event] = found.events;
    const flags = name.includes("flags") ? (large ? 2 : 1) : 0;
    if (name === "event-v1-three-bytes-too-many")
      expect([event!.type, event!.values()]).toEqual([280, { id: "1", desc: "d" }]);
    else if (large) {
      expect(event).toMatchObject({ ...asyncEvent, flags });
      expect(event!.values()).toEqual({ plugin_id: 7, name: "n", data: Buffer.alloc(20, 0xee) });
    } else {
      expect(event).toMatchObject({ ...readEvent, flags });
      expect(event!.values()).toEqual({ res: -11, data: Buffer.from("abc") });
    }
  });

  test("lists of any content, in any version", () => {
    const versions = fc.record({ processes: fc.integer({ min: 1, max: 9 }), others: fc.constantFrom(1, 2) });
    fc.assert(
      fc.property(lists, versions, (all, { processes, others: version }) => {
        const ours = all.fds.map((fd) => ({ ...fd, tid: 42 }));
        const found = read(
          blocks.section(order).bytes,
          blocks.interfaces(order, version, all.interfaces).bytes,
          blocks.users(order, version, all.users, all.groups).bytes,
          blocks.processes(order, processes, all.threads).bytes,
          blocks.fds(order, version, 42, ours).bytes,
        );
        expect(found.interfaces).toEqual([...all.interfaces]);
        expect([found.users, found.groups]).toEqual([[...all.users], [...all.groups]]);
        expect(found.threads).toEqual(all.threads.map((thread) => threadAsOf(processes, thread)));
        expect(found.fds).toEqual(ours.map((fd) => fdAsOf(version, fd)));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
