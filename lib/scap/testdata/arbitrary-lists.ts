/** fast-check generators of the lists that stand before the events. */
import fc from "fast-check";
import { ipv4Text, ipv6Text } from "../address.ts";
import type { Fd, Group, Int, Interface, Lists, Thread, User } from "../index.ts";

/** Numbers where exact, bigints beyond, as the decoder gives them. */
function int(min: bigint, max: bigint): fc.Arbitrary<Int> {
  return fc
    .bigInt({ min, max })
    .map((value) =>
      BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value,
    );
}

const u64 = int(0n, 2n ** 64n - 1n);
const i64 = int(-(2n ** 63n), 2n ** 63n - 1n);
const u32 = fc.nat({ max: 2 ** 32 - 1 });
const port = fc.nat({ max: 65535 });
/** Without NUL and without what is no Unicode. */
const text = fc.string({ unit: "grapheme", maxLength: 60 }).filter((value) => !value.includes("\0"));
const texts = fc.array(text, { maxLength: 5 });
const bool = fc.boolean();
const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(ipv4Text);
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), fc.nat({ max: 255 })), { minLength: 16, maxLength: 16 })
  .map((bytes) => ipv6Text(Uint8Array.from(bytes)));
const l4proto = fc.constantFrom("unknown", "na", "tcp", "udp", "icmp", "raw");

export const thread: fc.Arbitrary<Thread> = fc.record({
  tid: u64,
  pid: u64,
  ptid: u64,
  sid: i64,
  vpgid: i64,
  pgid: i64,
  vtid: i64,
  vpid: i64,
  fdlimit: i64,
  pfmajor: u64,
  pfminor: u64,
  pidnsInitStartTs: u64,
  capInheritable: u64,
  capPermitted: u64,
  capEffective: u64,
  exeIno: u64,
  exeInoCtime: u64,
  exeInoMtime: u64,
  comm: text,
  exe: text,
  exepath: text,
  args: texts,
  cwd: text,
  env: texts,
  cgroups: texts,
  root: text,
  flags: u32,
  uid: u32,
  gid: u32,
  loginuid: u32,
  tty: u32,
  vmsizeKb: u32,
  vmrssKb: u32,
  vmswapKb: u32,
  exeWritable: bool,
  exeUpperLayer: bool,
  exeLowerLayer: bool,
  exeFromMemfd: bool,
});

const anyFd = { tid: fc.nat({ max: 9 }), fd: i64, ino: u64 };
const ends = (address: fc.Arbitrary<string>) => ({
  source: fc.record({ address, port }),
  dest: fc.record({ address, port }),
  l4proto,
});

export const fd: fc.Arbitrary<Fd> = fc.oneof(
  fc.record({ ...anyFd, type: fc.constant("ipv4"), ...ends(ipv4) }),
  fc.record({ ...anyFd, type: fc.constant("ipv6"), ...ends(ipv6) }),
  fc.record({
    ...anyFd,
    type: fc.constant("ipv4server"),
    local: fc.record({ address: ipv4, port }),
    l4proto,
  }),
  fc.record({
    ...anyFd,
    type: fc.constant("ipv6server"),
    local: fc.record({ address: ipv6, port }),
    l4proto,
  }),
  fc.record({ ...anyFd, type: fc.constant("unix"), source: u64, dest: u64, name: text }),
  fc.record({ ...anyFd, type: fc.constant("file"), openFlags: u32, dev: u32, name: text }),
  fc.record({
    ...anyFd,
    type: fc.constantFrom("directory", "fifo", "event", "unsupported", "bpf", "memfd", "pidfd"),
    name: text,
  }),
) as fc.Arbitrary<Fd>;

const network = (ipVersion: 4 | 6, address: fc.Arbitrary<string>): fc.Arbitrary<Interface> =>
  fc.record({
    ipVersion: fc.constant(ipVersion),
    name: text,
    address,
    netmask: address,
    broadcast: address,
    linkspeed: u64,
  });

const user: fc.Arbitrary<User> = fc.record({ uid: u32, gid: u32, name: text, home: text, shell: text });
const group: fc.Arbitrary<Group> = fc.record({ gid: u32, name: text });

/** Interfaces with IPv4 first and fds by thread, which is the order of files. */
export const lists: fc.Arbitrary<Required<Lists>> = fc
  .record({
    threads: fc.array(thread, { maxLength: 6 }),
    fds: fc.array(fd, { maxLength: 12 }),
    v4: fc.array(network(4, ipv4), { maxLength: 3 }),
    v6: fc.array(network(6, ipv6), { maxLength: 3 }),
    users: fc.array(user, { maxLength: 4 }),
    groups: fc.array(group, { maxLength: 4 }),
  })
  .map(({ v4, v6, fds, ...rest }) => ({
    ...rest,
    interfaces: [...v4, ...v6],
    fds: fds.toSorted((a, b) => Number(a.tid) - Number(b.tid)),
  }));
