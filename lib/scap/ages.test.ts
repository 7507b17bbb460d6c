/** Block versions 1 to 9, both byte orders, old events, cuts: with files of testdata/file.ts. */
import { describe, expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { readEvents, ScapReader } from "./index.ts";
import { join, Order } from "./testdata/file.ts";

await ensure(libscapShared(arch));

const bytesOf = (text: string) => Buffer.from(text);

/** Process list entry as version `v` has it; `tail`: what follows `root` in version 9. */
function thread(o: Order, v: number, ...tail: Uint8Array[]): Uint8Array {
  const since = (version: number, part: Uint8Array) => (v >= version ? part : new Uint8Array(0));
  const fields = [
    o.u64(11, 12, 13),
    since(6, o.u64(-5)),
    since(8, o.u64(15)),
    o.str("comm"),
    o.str("exe"),
    since(7, o.str("/bin/exe")),
    o.str("a\0b\0"),
    o.str("/cwd"),
    o.u64(1024),
    o.u32(1, 2, 3),
    since(2, join([o.u32(4, 5, 6), o.u64(7, 8)])),
    since(3, o.str("K=V\0")),
    since(4, join([o.u64(21, 22), o.str("cpu=/x\0")])),
    since(5, o.str("/root")),
  ];
  return v === 9 ? o.sized(...fields, ...tail) : join(fields);
}

const codes = [0x202, 0x207, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215];

describe.each(["little", "big"] as const)("%s-endian", (order) => {
  const o = new Order(order);
  const read = (...blocks: Uint8Array[]) => {
    using reader = ScapReader.open({ bytes: join([o.section(), ...blocks]) });
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
  };

  test.each(codes.map((code, i) => [i + 1, code]))("process list v%i", (v, code) => {
    const { threads } = read(o.block(code, thread(o, v), thread(o, v)));
    expect(threads).toHaveLength(2);
    expect(threads[1]).toMatchObject({
      tid: 11,
      pid: 12,
      ptid: 13,
      sid: v >= 6 ? -5 : -1,
      vpgid: v >= 8 ? 15 : -1,
      comm: "comm",
      exe: "exe",
      exepath: v >= 7 ? "/bin/exe" : "",
      args: ["a", "b"],
      cwd: "/cwd",
      fdlimit: 1024,
      flags: 1,
      uid: 2,
      gid: 3,
      vmswapKb: v >= 2 ? 6 : 0,
      pfminor: v >= 2 ? 8 : 0,
      env: v >= 3 ? ["K=V"] : [],
      vtid: v >= 4 ? 21 : -1,
      vpid: v >= 4 ? 22 : -1,
      cgroups: v >= 4 ? ["cpu=/x"] : [],
      root: v >= 5 ? "/root" : "",
      loginuid: 0xffffffff,
      pgid: -1,
    });
  });

  test("process list v9: the first tail had no pidns_init_start_ts and tty", () => {
    const first = [o.u32(1000), o.u8(1), o.u64(1, 2, 3)];
    const later = [o.u8(1), o.u64(31, 32, 33), o.u8(1), o.u8(0), o.u64(77), o.u8(9, 9)];
    const { threads } = read(
      o.block(0x215, thread(o, 9, ...first), thread(o, 9, o.u64(99), o.u32(34816), ...first, ...later)),
    );
    const common = { loginuid: 1000, exeWritable: true, capInheritable: 1, capPermitted: 2, capEffective: 3 };
    expect(threads[0]).toMatchObject({ ...common, pidnsInitStartTs: 0, tty: 0, exeIno: 0, pgid: -1 });
    expect(threads[1]).toMatchObject({
      ...common,
      pidnsInitStartTs: 99,
      tty: 34816,
      exeUpperLayer: true,
      exeIno: 31,
      exeInoMtime: 33,
      exeFromMemfd: true,
      exeLowerLayer: false,
      pgid: 77,
    });
  });

  test("fd lists", () => {
    const head = (fd: number, type: number) => [o.u64(fd, 100 + fd), o.u8(type)];
    const v6 = (last: number) => o.u8(...Array(15).fill(0), last);
    const entries = [
      [...head(3, 3), o.u8(10, 0, 0, 1), o.u8(10, 0, 0, 2), o.u16(1234, 80), o.u8(2)],
      [...head(4, 6), v6(1), o.u16(53), o.u8(3)],
      [...head(5, 8), o.u64(0xabc, 0xdef), o.str("/s")],
      [...head(6, 16), o.u32(4097), o.str("/f")],
      [...head(7, 12), o.str("")],
    ];
    const unknown = o.sized(...head(8, 99), o.u32(1));
    const v2 = read(o.block(0x218, o.u64(42), ...entries.map((parts) => o.sized(...parts)), unknown));
    const v1 = read(o.block(0x203, o.u64(42), ...entries.flat()));
    const known = [
      { type: "ipv4", source: { address: "10.0.0.1", port: 1234 }, dest: { address: "10.0.0.2", port: 80 } },
      { type: "ipv6server", local: { address: "::1", port: 53 }, l4proto: "udp" },
      { type: "unix", source: 0xabc, dest: 0xdef, name: "/s" },
      { type: "file", openFlags: 4097, dev: 0, name: "/f" },
      { tid: 42, fd: 7, ino: 107, type: "eventpoll", name: "" },
    ];
    expect(v1.fds).toMatchObject(known);
    expect(v2.fds).toMatchObject([...known, { fd: 8, type: "unsupported", name: "unknown-type:[99]" }]);
    expect(v2.info.unknownEntries).toBe(1);
  });

  test("interfaces, users and groups; machine", () => {
    const ipv4 = (type: number, speed: Uint8Array) =>
      join([
        o.u16(type, 2),
        o.u8(10, 0, 0, 1),
        o.u8(255, 0, 0, 0),
        o.u8(10, 255, 255, 255),
        speed,
        bytesOf("e0"),
      ]);
    const entry = ipv4(1, o.u64(1000));
    const user = [o.u8(0), o.u32(1, 2), o.str("u"), o.str("/h"), o.str("/sh")];
    const group = [o.u8(1), o.u32(3), o.str("g")];
    const machine = [o.u32(4), o.u64(1 << 30, 0), bytesOf("host".padEnd(128, "\0")), o.u64(5, 0, 0, 0)];
    const now = read(
      o.block(0x201, ...machine),
      o.block(0x219, o.u32(entry.length), entry),
      o.block(0x220, o.sized(...user), o.sized(...group)),
    );
    const old = read(
      o.block(0x8002abcd, ...machine),
      o.block(0x8011abcd, ipv4(3, new Uint8Array(0)), entry),
      o.block(0x206, ...user, ...group),
    );
    const address = { ipVersion: 4, name: "e0", address: "10.0.0.1", broadcast: "10.255.255.255" };
    expect(now.interfaces).toMatchObject([{ ...address, linkspeed: 1000 }]);
    expect(old.interfaces).toMatchObject([
      { ...address, linkspeed: 0 },
      { ...address, linkspeed: 1000 },
    ]);
    expect(old.users).toEqual([{ uid: 1, gid: 2, name: "u", home: "/h", shell: "/sh" }]);
    expect(old.groups).toEqual([{ gid: 3, name: "g" }]);
    expect([now.users, now.groups, now.machine]).toEqual([old.users, old.groups, old.machine]);
    expect(now.machine).toMatchObject({ cpus: 4, hostname: "host", bootTs: 5n });
  });

  test("numbers inside parameters", () => {
    const tuple = [o.u8(2, 10, 0, 0, 1), o.u16(1234), o.u8(10, 0, 0, 2), o.u16(80)];
    const address = [o.u8(2, 10, 0, 0, 2), o.u16(80)];
    const connect = o.event(2, 23, [o.u64(-115), join(tuple), o.u64(3), join(address)]);
    const list = join([o.u16(1), o.u64(9), o.u16(5)]);
    const poll = o.event(2, 81, [o.u64(1), list, o.u64(-1)]);
    const sockopt = o.event(2, 45, [
      o.u64(0),
      o.u64(3),
      o.u8(1),
      o.u8(2),
      join([o.u8(2), o.u32(77)]),
      o.u32(4),
    ]);
    const { events } = read(
      o.block(0x217, o.u16(3), o.u32(1), connect),
      o.block(0x216, o.u16(0), poll),
      o.block(0x216, o.u16(0), sockopt),
    );
    expect(events[0]).toMatchObject({ cpu: 3, flags: 1, ts: 1000n, tid: 7n });
    expect(events[0]!.values()).toEqual({
      res: -115,
      tuple: {
        family: "inet",
        source: { address: "10.0.0.1", port: 1234 },
        dest: { address: "10.0.0.2", port: 80 },
      },
      fd: 3,
      addr: { family: "inet", address: "10.0.0.2", port: 80 },
    });
    expect(events[1]!.values()).toMatchObject({ fds: [{ fd: 9, events: 5 }], timeout: -1 });
    expect(events[2]!.get("val")).toMatchObject({ tag: 2, value: 77 });
  });

  test("enter and exit of format 1 become one event of today", () => {
    const { events, info } = read(
      o.block(0x204, o.u16(1), o.event(1, 6, [o.u64(5), o.u32(4096)])),
      o.block(0x208, o.u16(1), o.u32(1), o.event(1, 7, [o.u64(3), bytesOf("abc")], 2000)),
      o.block(0x8010abcd, o.u16(1), o.event(1, 5, [o.u64(0)])), // its enter was lost
    );
    expect(events.map((event) => [event.name, event.ts, event.values()])).toEqual([
      ["read", 2000n, { res: 3, data: bytesOf("abc"), fd: 5, size: 4096 }],
      ["close", 1000n, { res: 0, fd: 0 }],
    ] as never);
    expect(info.unconvertedEvents).toBe(0n);
  });

  test("an enter event counts for one exit, and for one step of its conversion", () => {
    const address = join([o.u8(2, 10, 0, 0, 2), o.u16(80)]);
    const { events } = read(
      o.block(0x216, o.u16(0), o.event(2, 4, [o.u64(5)])),
      o.block(0x216, o.u16(0), o.event(2, 5, [o.u64(0)])),
      o.block(0x216, o.u16(0), o.event(2, 5, [o.u64(0)])), // its enter was lost
      o.block(0x216, o.u16(0), o.event(2, 22, [o.u64(5), address])),
      o.block(0x216, o.u16(0), o.event(2, 23, [o.u64(0), new Uint8Array(0)])),
    );
    expect(events.map((event) => event.get("fd"))).toEqual([5, 0, 5, 5]);
    expect(events[3]!.get("addr")).toBeNull();
  });

  test("a file cut anywhere gives the whole events before, then an error with the byte", () => {
    const event = (ts: number) => o.block(0x216, o.u16(0), o.event(2, 5, [o.u64(0), o.u64(3)], ts));
    const start = join([o.section(), o.block(0x215, thread(o, 9))]);
    const blocks = [start, event(1), event(2), event(3)];
    const ends = blocks.map((_, i) => blocks.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
    const bytes = join(blocks);
    for (let cut = o.section().length + 1; cut <= bytes.length; cut++) {
      using reader = ScapReader.open({ bytes: bytes.subarray(0, cut) });
      const seen: bigint[] = [];
      let text = "";
      try {
        for (const { ts } of reader) seen.push(ts);
      } catch (error) {
        text = String(error);
      }
      expect(seen).toHaveLength(ends.slice(1).filter((end) => end <= cut).length);
      if (ends.includes(cut)) expect(text).toBe("");
      else expect(text).toContain(`the file ends at byte ${cut},`);
    }
  });
});

test("a batch ends where a section of the other byte order begins, and its lists are its own", () => {
  const sections = (["little", "big"] as const).map((order, i) => {
    const o = new Order(order);
    const group = o.sized(o.u8(1), o.u32(i), o.str(order));
    return join([
      o.section(),
      o.block(0x220, group),
      o.block(0x216, o.u16(i), o.event(2, 5, [o.u64(0), o.u64(i)])),
    ]);
  });
  using reader = ScapReader.open({ bytes: join(sections) });
  const seen = [];
  for (const batch of reader.batches()) seen.push([batch.count, reader.groups()[0]!.name]);
  expect(seen).toEqual([
    [1, "little"],
    [1, "big"],
  ]);
  expect(readEvents({ bytes: join(sections) }).map((event) => event.get("fd"))).toEqual([0, 1]);
});
