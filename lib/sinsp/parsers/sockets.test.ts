import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { State } from "../state/state.ts";
import { type Params, Story } from "../testdata/story.ts";

const names = [
  "fd.name",
  "fd.typechar",
  "fd.l4proto",
  "fd.cip",
  "fd.cport",
  "fd.sip",
  "fd.sport",
  "fd.connected",
];
const of = (story: Story) => names.map((name) => story.get(name));

const client = { ip: "10.0.0.1", port: 4000 };
const server = { ip: "10.0.0.2", port: 80 };
const client6 = { ip: "2001:db8::1", port: 4000 };
const server6 = { ip: "2001:db8::2", port: 80 };
const tcp = { fd: 3, domain: 2, type: 1, proto: 6 };
const udp = { fd: 3, domain: 2, type: 2, proto: 0 };
const told = ["10.0.0.1:4000->10.0.0.2:80", "4", "tcp", "10.0.0.1", 4000, "10.0.0.2", 80, true];

test.each([
  [1, 0, "tcp"],
  [2, 0, "udp"],
  [0o2000001, 0, "tcp"],
  [3, 0, "<NA>"],
  [3, 6, "raw"],
  [3, 17, "raw"],
  [0o2000003, 1, "icmp"],
  [2, 1, "icmp"],
  [3, 1, "raw"],
  [3, 255, "raw"],
  [2, 99, "<NA>"],
])("a socket of type %d, protocol %d is %s once it is connected", (type, proto, name) => {
  const story = new Story().tell("socket", { fd: 3, domain: 2, type, proto });
  expect(story.get("fd.l4proto")).toBe(name === "raw" ? "raw" : "<NA>");
  story.tell("connect", { res: 0, fd: 3, tuple: { source: client, dest: server } });
  expect(story.get("fd.l4proto")).toBe(name);
});

test("connect: the caller is the client", () => {
  const story = new Story().tell("socket", tcp);
  expect(of(story)).toEqual(["", "4", "<NA>", null, null, null, null, false]);
  expect(of(story.tell("connect", { res: 0, fd: 3, tuple: { source: client, dest: server } }))).toEqual(told);
  expect(story.get("fd.name_changed")).toBe(true);
});

test.each([
  [-115, told[0]],
  [-111, ""],
])("connect with the result %d is named %p", (res, name) => {
  const story = new Story().tell("socket", tcp);
  expect(story.tell("connect", { res, fd: 3, tuple: { source: client, dest: server } }).get("fd.name")).toBe(
    name as string,
  );
});

test("a pending connection fails or not, as SO_ERROR says", () => {
  const story = new Story().tell("socket", tcp);
  story.tell("connect", { res: -115, fd: 3, tuple: { source: client, dest: server } });
  expect(story.evt.fd).toMatchObject({ pending: true, failed: false });
  const asked = { res: 0, fd: 3, level: PPM.PPM_SOCKOPT_LEVEL_SOL_SOCKET, optname: PPM.PPM_SOCKOPT_SO_ERROR };
  story.tell("getsockopt", { ...asked, val: { tag: PPM.PPM_SOCKOPT_IDX_ERRNO, value: -111 } });
  expect(story.evt.fd).toMatchObject({ pending: false, failed: true });
});

const asked = { ip: "10.9.9.9", port: 443 };
test.each([
  ["a destination that the caller could have changed", server, "10.0.0.1:4000->10.9.9.9:443"],
  ["a destination that the kernel has chosen", { ip: "10.0.0.3", port: 1 }, told[0]],
])("TOCTOU: %s", (_, addr, name) => {
  const story = new Story().tell("socket", tcp).tell("connect>", { fd: 3, addr: asked });
  story.tell("connect", { res: 0, fd: 3, tuple: { source: client, dest: server }, addr });
  expect(story.get("fd.name")).toBe(name!);
});

test("TOCTOU of a unix path; the addresses of the kernel's sockets stay", () => {
  const story = new Story().tell("socket", { fd: 3, domain: 1, type: 1 });
  story.tell("connect>", { fd: 3, addr: { unix: "/real" } });
  const tuple = { unix: "/evil", source: 0xabn, dest: 0n };
  story.tell("connect", { res: 0, fd: 3, tuple, addr: { unix: "/evil" } });
  expect(story.get("fd.name")).toBe("ab->0 /real");
});

test("without a tuple, the address of the enter event is the destination, of a socket without a role", () => {
  const story = new Story().tell("socket", tcp).tell("connect>", { fd: 3, addr: server });
  story.tell("connect", { res: 0, fd: 3 });
  expect([story.passes("fd.ip = 10.0.0.2"), story.passes("fd.port = 80"), story.get("fd.sip")]).toEqual([
    true,
    true,
    null,
  ]);
  // What was read from the caller when the call had ended is not trusted.
  const late = new Story().tell("socket", tcp).tell("connect", { res: 0, fd: 3, addr: server });
  expect([late.get("fd.name"), late.passes("fd.port = 80"), late.get("fd.connected")]).toEqual([
    "",
    false,
    true,
  ]);
});

test.each([
  [
    { source: client6, dest: server6 },
    "2001:db8::1:4000->2001:db8::2:80",
    "6",
    "tcp",
    "2001:db8::1:4000->2001:db8::2:80",
  ],
  [
    { source: { ip: "::ffff:a00:1", port: 4000 }, dest: { ip: "::ffff:a00:2", port: 80 } },
    "<unknown>",
    "4",
    "<NA>",
    "10.0.0.1:4000->10.0.0.2:80",
  ],
  [
    { source: { ip: "::ffff:a00:1", port: 4000 }, dest: server6 },
    "::ffff:10.0.0.1:4000->2001:db8::2:80",
    "6",
    "tcp",
    "::ffff:10.0.0.1:4000->2001:db8::2:80",
  ],
])("IPv6 %p", (tuple, name, char, protocol, acceptedName) => {
  const story = new Story().tell("socket", { ...tcp, domain: 10 }).tell("connect", { res: 0, fd: 3, tuple });
  expect(["fd.name", "fd.typechar", "fd.l4proto"].map((field) => story.get(field))).toEqual([
    name,
    char,
    protocol,
  ]);
  const accepted = new Story().tell("accept4", { fd: 3, tuple });
  expect(["fd.name", "fd.typechar", "fd.l4proto"].map((field) => accepted.get(field))).toEqual([
    acceptedName,
    char,
    "tcp",
  ]);
});

test.each([
  [2, 1, "10.0.0.1->10.0.0.2"],
  [2, 255, "10.0.0.1->10.0.0.2"],
  [2, 132, "<unknown>"],
  [10, 1, "2001:db8::1->2001:db8::2"],
  [10, 255, "<unknown>"],
  [10, 132, "<unknown>"],
])("name of a connected socket of domain %p, protocol %p", (domain, proto, name) => {
  const tuple = domain === 2 ? { source: client, dest: server } : { source: client6, dest: server6 };
  const story = new Story().tell("socket", { fd: 3, domain, type: 2, proto });
  expect(story.tell("connect", { res: 0, fd: 3, tuple }).get("fd.name")).toBe(name);
});

test.each([
  [{ ip: "10.0.0.2", port: 80 }, ["10.0.0.2:80", "4", "tcp", null, null, "10.0.0.2", 80]],
  [{ ip: "::", port: 80 }, [":::80", "4", "tcp", null, null, "0.0.0.0", 80]],
  [server6, ["2001:db8::2:80", "6", "tcp", null, null, "2001:db8::2", 80]],
  [{ ip: "10.0.0.2", port: 0 }, ["10.0.0.2:0", "4", "<NA>", null, null, null, null]],
])("bind to %p", (addr, expected) => {
  const domain = addr.ip.includes(":") ? 10 : 2;
  const story = new Story().tell("socket", { ...tcp, domain }).tell("bind", { res: 0, fd: 3, addr });
  expect(of(story)).toEqual([...expected, false]);
});

test("accept: the other side is the client", () => {
  const story = new Story().tell("socket", tcp).tell("bind", { res: 0, fd: 3, addr: server });
  expect(of(story.tell("accept", { fd: 4, tuple: { source: client, dest: server } }))).toEqual(told);
  // Of a family that nobody knows: only the number is.
  story.tell("accept", { fd: 5 });
  expect([story.get("fd.num"), story.get("fd.type")]).toEqual([5, null]);
  story.tell("accept", { fd: -11 });
  expect([story.get("fd.num"), story.get("fd.typechar")]).toEqual([-1, "4"]);
});

test("a unix pair: two sockets that know each other", () => {
  const story = new Story().tell("socketpair", { res: 0, fd1: 3, fd2: 4, source: 0xa, peer: 0xb });
  expect(["fd.num", "fd.type", "fd.name", "fd.types[3]"].map((field) => story.get(field))).toEqual([
    4,
    "unix",
    "",
    ["unix"],
  ]);
  expect(story.evt.fd).toMatchObject({ unixSource: 0xa, unixDest: 0xb });
});

const out: Params = { res: 1, fd: 3, tuple: { source: client, dest: server } };
const back: Params = { res: 1, fd: 3, tuple: { source: server, dest: client } };

test.each(["send", "sendto", "sendmsg", "sendmmsg"])(
  "%s without a connection: the first destination is the server",
  (name) => {
    const story = new Story().tell("socket", udp).tell(name, out);
    expect(of(story)).toEqual(told.with(2, "udp"));
    expect(of(story.tell("recvfrom", back))).toEqual(told.with(2, "udp"));
    expect(story.get("fd.name_changed")).toBe(false);
  },
);

test.each(["recv", "recvfrom", "recvmsg", "recvmmsg"])(
  "%s without a connection: the sender is the client",
  (name) => {
    expect(of(new Story().tell("socket", udp).tell(name, out))).toEqual(told.with(2, "udp"));
  },
);

test("a server of datagrams has one client after the other", () => {
  const story = new Story()
    .tell("socket", udp)
    .tell("bind", { res: 0, fd: 3, addr: { ip: "0.0.0.0", port: 80 } });
  expect(of(story.tell("recvfrom", out))).toEqual(told.with(2, "udp").with(-1, false));
  expect(of(story.tell("sendto", back))).toEqual(told.with(2, "udp"));
  const other = { ip: "10.0.0.9", port: 5 };
  story.tell("sendto", { res: 1, fd: 3, tuple: { source: server, dest: other } });
  expect(story.get("fd.name")).toBe("10.0.0.9:5->10.0.0.2:80");
});

test("a server of datagrams that connects to its client stays the server", () => {
  const story = new Story().tell("socket", udp).tell("bind", { res: 0, fd: 3, addr: server });
  story.tell("connect", { res: 0, fd: 3, tuple: { source: server, dest: client } });
  expect(story.get("fd.name")).toBe(told[0] as string);
});

test("messages of a connection of TCP do not change it", () => {
  const story = new Story().tell("socket", tcp).tell("connect", { ...out, res: 0 });
  story.tell("sendto", { res: 1, fd: 3, tuple: { source: client, dest: asked } });
  expect(story.get("fd.name")).toBe(told[0] as string);
});

test("failed messages tell nothing", () => {
  const story = new Story().tell("socket", udp).tell("sendto", { ...out, res: -101 });
  expect(story.get("fd.name")).toBe("");
});

test("a socket that nobody saw being made shows by what it sends", () => {
  expect(of(new Story().tell("sendto", out))).toEqual(told.with(2, "udp"));
  expect(new Story().tell("recvfrom", out).get("fd.type")).toBeNull();
});

test("a socket that works is connected", () => {
  const story = new Story().tell("socket", tcp);
  for (const name of ["read", "write", "readv", "writev", "pread", "pwrite", "preadv", "pwritev"]) {
    story.evt.fd!.connected = false;
    expect(story.tell(name, { res: 1, fd: 3 }).get("fd.connected")).toBe(true);
  }
});

test("the machine's own address, where the driver does not know it", () => {
  const state = new State();
  state.interfaces.add({ address: "10.0.0.1", netmask: "255.0.0.0" });
  const story = new Story(state).tell("socket", udp);
  story.tell("sendto", { res: 1, fd: 3, tuple: { source: { ip: "0.0.0.0", port: 4000 }, dest: server } });
  expect(story.get("fd.name")).toBe(told[0] as string);
});

test("unix messages name their sockets each time", () => {
  const story = new Story().tell("socket", { fd: 3, domain: 1, type: 2 });
  story.tell("sendto", { res: 1, fd: 3, tuple: { unix: "/a", source: 1n, dest: 2n } });
  story.tell("sendto", { res: 1, fd: 3, tuple: { unix: "/b", source: 1n, dest: 3n } });
  expect(["fd.name", "fd.connected"].map((field) => story.get(field))).toEqual(["1->3 /b", false]);
});
