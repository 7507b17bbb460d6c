/** The inputs that fuzzing begins with: files of the independent generator, and what the harness sends to the agent. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "../../lib/scap/testdata/file.ts";
import { section } from "../../lib/scap/testing/blocks.ts";
import { orders } from "../../lib/scap/testing/fixtures.ts";
import { samples } from "../../lib/scap/testing/samples.ts";
import { encodeFrame, frame } from "../agent/protocol.ts";
import { buildPath } from "../build/root.ts";
import { encode, program } from "../program/index.ts";
import { Wire } from "../program/wire.ts";
import { hostArch } from "../setup/host.ts";
import type { FuzzTarget } from "./targets.ts";

/** By file name. */
type Seeds = Readonly<Record<string, Uint8Array>>;

/** A capture of each block version in each byte order, some of them compressed. */
function readerSeeds(): Seeds {
  const plain = samples.flatMap(({ name, make }) =>
    orders.map((order) => {
      const bytes = name.startsWith("section") ? [] : [section(order).bytes];
      return [`${name}-${order}.scap`, join([...bytes, make(order).bytes])] as const;
    }),
  );
  const packed = plain
    .slice(0, 6)
    .map(([name, bytes]) => [`${name}.gz`, Bun.gzipSync(bytes.slice())] as const);
  return Object.fromEntries([...plain, ...packed]);
}

/** Behind a byte that tells format and byte order: what stands behind CPU and flags in event blocks. */
function eventSeeds(): Seeds {
  const events = samples.filter(({ name }) => name.startsWith("event"));
  const seeds = events.flatMap(({ name, make }) =>
    orders.map((order, swap) => {
      const kind = (name.includes("v1") ? 1 : 0) + 2 * swap;
      const from = 8 + (name.includes("flags") ? 6 : 2);
      return [`${name}-${order}`, join([Uint8Array.of(kind), make(order).bytes.slice(from, -4)])] as const;
    }),
  );
  return Object.fromEntries(seeds);
}

/** An enter event and its exit: thread, type, number and lengths of parameters, the bytes. */
function convertSeeds(): Seeds {
  const event = (type: number, ...sizes: number[]) =>
    join([
      Uint8Array.of(1, type & 255, type >> 8, sizes.length, ...sizes),
      new Uint8Array(sizes.reduce((sum, size) => sum + size, 0)).fill(1),
    ]);
  return {
    read: join([event(6, 8, 4), event(7, 8, 20)]),
    openat: join([event(306), event(307, 8, 8, 10, 4, 4, 4, 8)]),
    sendto: join([event(30, 8, 4, 13), event(31, 8, 20)]),
    container: event(228, 12, 4, 5, 9),
    execve: join([event(9, 8, 3), event(16, 8, 4, 10, 8, 8, 8, 8, 8)]),
  };
}

function agentSeeds(): Seeds {
  const code = program(hostArch(), (p) => {
    const fd = p.openat(-100, "f", 0o102, 0o600);
    p.write(fd, "text", 4);
    p.close(fd);
  });
  const run = new Wire().u32(1000).u32(0).u32(80).u32(0).u32(0).u32(0).u32(8125);
  for (let i = 0; i < 16; i++) run.u32(0xffffffff);
  run.sized(encode(code));
  const request = (type: number, payload: Uint8Array) => encodeFrame(type, 1, payload);
  return {
    run: request(frame.run, run.finish()),
    ping: request(frame.ping, new Uint8Array(0)),
    hello: request(frame.hello, Uint8Array.of(1, 0, 0, 0, 65, 2, 0, 0, 0, 0, 0, 0, 0, 3)),
    two: join([request(frame.stats, Uint8Array.of(1, 2)), request(frame.stop, new Uint8Array(0))]),
  };
}

/** A few lines of each file that a scan of this machine reads. */
function osTextSeeds(): Seeds {
  const text = (value: string) => new TextEncoder().encode(value);
  return {
    status: text(
      "Tgid:\t8\nPid:\t9\nUid:\t1\t2\t3\t4\nGroups:\t10 20 \nNSpid:\t9\t2\nVmRSS:\t 50 kB\nCapEff:\t03\n",
    ),
    stat: text("9 (a) R) S 1 20 30 34816 -1 0 44 0 55 0 1 1 0 0 20 0 1 0 777 0"),
    mountinfo: text("36 35 98:300 / /a\\040b rw shared:2 - overlay src rw,upperdir=/u\n"),
    tcp: text("sl\n 0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 111 1\n"),
    unix: text("Num\nffff8881: 2 0 10000 0001 01 41 /run/a\n"),
    passwd: text("root:x:0:0:root:/root:/bin/sh\n"),
    cgroup: text("4:cpu,cpuacct:/c\n1:name=systemd:/s\n0::/u\ncpu\t0\t1\t1\nflags:\t02\nbtime 7\n"),
  };
}

/** Behind a byte that tells whether tasks are read or files: drivers/bpf/iterators/records.h, on a little-endian machine. */
function iteratorSeeds(): Seeds {
  const head = (size: number, numbers: Readonly<Record<number, number>>) => {
    const bytes = new DataView(new ArrayBuffer(size));
    bytes.setUint32(4, size, true);
    for (const [at, value] of Object.entries(numbers)) bytes.setUint32(Number(at), value, true);
    return new Uint8Array(bytes.buffer);
  };
  const part = (text: number, flags: number, value = "") =>
    join([Uint8Array.of(text, flags, value.length, 0), new TextEncoder().encode(value)]);
  const path = (text: number, flags: number, ...names: string[]) =>
    join([...names.map((name) => part(text, 0, name)), part(text, flags)]);
  const whole = 1;
  const end = part(0, 0);
  /** Flags: there is an executable. */
  const task = (tid: number, pid: number) =>
    join([
      head(224, { 0: 1, 136: tid, 140: pid, 204: 2 }),
      ...[path(1, whole, "prog", "bin"), path(2, whole | 2, "home"), path(3, whole), path(4, whole, "web")],
      ...[part(6, 0, "prog\0-x\0"), part(7, 0, "A=1\0"), end],
    ]);
  const file = (fd: number, magic: number, ...parts: Uint8Array[]) =>
    join([head(56, { 0: 2, 8: 77, 24: 9, 28: fd, 36: 0o100600, 44: magic }), ...parts, end]);
  return {
    tasks: join([Uint8Array.of(1), task(5, 9), task(9, 9), task(12, 11)]),
    files: join([
      Uint8Array.of(0),
      file(3, 0xef53, path(5, whole, "passwd", "etc")),
      file(4, 0x50495045),
      file(5, 0x534f434b),
      file(6, 0x09041934, path(5, whole | 4, "[eventfd]")),
      file(7, 0x01021994, path(5, whole | 4, "memfd:mine")),
      file(8, 0x6e736673, part(5, 8)),
    ]),
  };
}

const seedsOf: Readonly<Record<string, () => Seeds>> = {
  reader: readerSeeds,
  event: eventSeeds,
  convert: convertSeeds,
  "os-text": osTextSeeds,
  iterators: iteratorSeeds,
  agent: agentSeeds,
};

const regressionDir = `${import.meta.dir}/regressions`;

/** Inputs that once ended in a crash, as hexadecimal text: `regressions/<target>-<what>.hex`. */
export function regressions(name: string): Seeds {
  const files = readdirSync(regressionDir).filter((file) => file.startsWith(`${name}-`));
  return Object.fromEntries(
    files.map((file) => [
      file.replace(".hex", ""),
      Buffer.from(readFileSync(`${regressionDir}/${file}`, "utf8").replace(/#.*|\s/g, ""), "hex"),
    ]),
  );
}

/** Write seeds and regressions of a target. @returns their paths */
export function writeSeeds({ name }: Pick<FuzzTarget, "name">): string[] {
  const dir = buildPath("fuzz", "seeds", name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const seeds = { ...seedsOf[name]!(), ...regressions(name) };
  return Object.entries(seeds).map(([file, bytes]) => {
    writeFileSync(`${dir}/${file}`, bytes);
    return `${dir}/${file}`;
  });
}
