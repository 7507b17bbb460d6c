/** What is written is read back: lists, either byte order, rotation; and captures copied. */
import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { events } from "#schema/events";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { buildEvent, copyCapture, type Fd, type Lists, readEvents, ScapReader, ScapWriter } from "./index.ts";
import { eventParts, filing } from "./testdata/arbitrary.ts";
import { lists } from "./testdata/arbitrary-lists.ts";

await ensure(libscapShared(arch));

const vmHttp = `${import.meta.dir}/testdata/vm-http.scap.gz`;

function listsOf(bytes: Uint8Array): Required<Lists> {
  using reader = ScapReader.open({ bytes });
  return {
    threads: reader.threads(),
    fds: reader.fds(),
    interfaces: reader.interfaces(),
    users: reader.users(),
    groups: reader.groups(),
  };
}

/** All of a capture in the other byte order, and back. */
function throughBigEndian(bytes: Uint8Array): Uint8Array {
  return copied(copied(bytes, "big"), "little");
}

function copied(bytes: Uint8Array, byteOrder: "little" | "big"): Uint8Array {
  using reader = ScapReader.open({ bytes }, { raw: true });
  using writer = ScapWriter.open({ byteOrder });
  copyCapture(reader, writer);
  return writer.bytes();
}

test("lists come back equal, also through a big-endian writer", () => {
  fc.assert(
    fc.property(lists, fc.boolean(), (wanted, gzip) => {
      using writer = ScapWriter.open({ gzip });
      writer.lists(wanted);
      const bytes = writer.bytes();
      const sorted = { ...wanted, fds: byThread(wanted) };
      expect(listsOf(bytes)).toEqual(sorted);
      expect(listsOf(throughBigEndian(bytes))).toEqual(sorted);
    }),
    { numRuns: 60 },
  );
});

/** Fds of listed threads come first, in the order of threads. A tid that is listed twice has its fds twice. */
function byThread({ threads, fds }: Required<Lists>): Fd[] {
  const tids = threads.map(({ tid }) => tid);
  const rest = fds.filter(({ tid }) => !tids.includes(tid));
  return [...tids.flatMap((tid) => fds.filter((fd) => fd.tid === tid)), ...rest];
}

test("events come back byte for byte through a big-endian writer", () => {
  const known = eventParts.map((parts) => ({
    ...parts,
    params: parts.params.slice(0, events[parts.type]!.params.length),
  }));
  fc.assert(
    fc.property(fc.array(fc.tuple(known, filing), { maxLength: 20 }), (list) => {
      using writer = ScapWriter.open();
      for (const [parts, where] of list) writer.frame(buildEvent(parts), where);
      expect(throughBigEndian(writer.bytes())).toEqual(writer.bytes());
    }),
    { numRuns: 60 },
  );
});

const unpacked = async () => Bun.gunzipSync(await Bun.file(vmHttp).bytes());

test("a capture of the existing tools, copied, is the same to the last byte", async () => {
  using reader = ScapReader.open({ path: vmHttp }, { raw: true });
  using writer = ScapWriter.open();
  expect(copyCapture(reader, writer)).toBe(16922);
  expect(Buffer.compare(writer.bytes(), await unpacked())).toBe(0);
});

test("… and through a big-endian file", async () => {
  expect(Buffer.compare(throughBigEndian(await unpacked()), await unpacked())).toBe(0);
});

test("a part of a capture", () => {
  using reader = ScapReader.open({ path: vmHttp });
  using writer = ScapWriter.open({ gzip: true });
  expect(copyCapture(reader, writer, (event) => event.name === "connect")).toBe(40);
  const bytes = writer.bytes();
  expect(new Set(readEvents({ bytes }).map(({ name }) => name))).toEqual(new Set(["connect"]));
  using original = ScapReader.open({ path: vmHttp });
  expect(listsOf(bytes).fds).toEqual(original.fds());
});

test("sections of a concatenated capture keep their own state", () => {
  using first = ScapWriter.open();
  for (const uid of [1, 2, 3]) {
    if (uid > 1) first.section();
    first.lists({ users: [{ uid, gid: 0, name: `user${uid}`, home: "", shell: "" }] });
    first.frame(buildEvent({ ts: BigInt(uid), tid: 1n, type: 5, params: [] }));
  }
  const bytes = copied(first.bytes(), "little");
  expect(Buffer.compare(bytes, first.bytes())).toBe(0);
  using reader = ScapReader.open({ bytes }, { raw: true });
  const users: number[][] = [];
  for (const _ of reader.batches()) users.push(reader.users().map(({ uid }) => uid));
  expect(users).toEqual([[1], [2], [3]]);
});

test("a series of files, each with what is given when it begins", () => {
  const dir = mkdtempSync(join(tmpdir(), "scap-"));
  try {
    const path = join(dir, "x.scap.gz");
    using writer = ScapWriter.open({ path, gzip: true, rotation: { maxEvents: 2, maxFiles: 2 } });
    const state = (uid: number) => writer.lists({ users: [{ uid, gid: 0, name: "", home: "", shell: "" }] });
    state(0);
    for (let ts = 1; ts <= 7; ts++) {
      const [event] = readEventOf(ts);
      if (writer.due(event!)) {
        writer.rotate();
        state(ts);
      }
      writer.event(event!);
    }
    expect(writer.info()).toMatchObject({ files: 4, events: 1, totalEvents: 7, path: `${path}.000004` });
    writer.close();
    expect(readdirSync(dir).sort()).toEqual(["x.scap.gz.000003", "x.scap.gz.000004"]);
    using reader = ScapReader.open({ path: `${path}.000003` });
    expect(reader.users().map(({ uid }) => uid)).toEqual([5]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

function readEventOf(ts: number) {
  using writer = ScapWriter.open();
  writer.frame(buildEvent({ ts: BigInt(ts), tid: 1n, type: 5, params: [] }));
  return readEvents({ bytes: writer.bytes() }, { raw: true });
}

test.each([
  [
    "an address",
    {
      interfaces: [
        {
          ipVersion: 4,
          name: "lo",
          address: "1.2.3.256",
          netmask: "0.0.0.0",
          broadcast: "0.0.0.0",
          linkspeed: 0,
        },
      ],
    },
    '"1.2.3.256" is no IPv4 address',
  ],
  [
    "an IPv6 address",
    {
      interfaces: [
        { ipVersion: 6, name: "lo", address: "1::2::3", netmask: "::", broadcast: "::", linkspeed: 0 },
      ],
    },
    '"1::2::3" is no IPv6 address',
  ],
] as const)("%s that is none is refused", (_, wrong, message) => {
  using writer = ScapWriter.open();
  expect(() => writer.lists(wrong)).toThrow(message);
});
