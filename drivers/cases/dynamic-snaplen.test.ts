/** Dynamic snaplen: of what more than 80 bytes are kept, and how many. */
import { AF_UNIX, AT_FDCWD, O_CREAT, O_RDWR, SOCK_STREAM } from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { inetTuple } from "../../harness/run/sockets.ts";
import { bytes, i64, u32 } from "../../harness/run/values.ts";
import { type Loopback, udpSocket } from "./support/network.ts";

const on = { dynamicSnaplen: {} } as const;

/** `start`, then bytes that no protocol begins with. */
function message(start: string | readonly number[], size: number): Uint8Array {
  const filled = new Uint8Array(size).fill(0x2e);
  filled.set(typeof start === "string" ? new TextEncoder().encode(start) : start);
  return filled;
}

/** A stream that is no IP socket: only what data begins with can count. */
function unixWrite(p: BlockBuilder, data: Uint8Array, kept: number) {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  const res = p.write(pair.first, p.bytes(data), data.length);
  return [
    event("write", {
      res: i64(res),
      data: bytes(data.subarray(0, kept)),
      fd: i64(pair.first),
      size: u32(data.length),
    }),
  ];
}

/** A datagram to a port where nobody needs to listen. */
function datagram(p: BlockBuilder, address: Loopback, port: number, data: Uint8Array, kept: number) {
  const sender = udpSocket(p, address);
  const to = address === "::1" ? p.sockaddrIn6(address, port).memory : p.sockaddrIn(address, port).memory;
  const res = p.sendto(sender.fd, p.bytes(data), data.length, 0, to, to.size);
  return [
    event("sendto", {
      res: i64(res),
      data: bytes(data.subarray(0, kept)),
      fd: i64(sender.fd),
      size: u32(data.length),
      tuple: inetTuple(address, sender.port, address, port),
    }),
  ];
}

/** A socket that a datagram has come to. */
function receiverOf(p: BlockBuilder, data: Uint8Array, { port = 0, from = 0 }) {
  const receiver = udpSocket(p, "127.0.0.1", port);
  const sender = udpSocket(p, "127.0.0.1", from);
  p.sendto(sender.fd, p.bytes(data), data.length, 0, receiver.bound, receiver.bound.size);
  return receiver;
}

// ---- by what the data begins with, on any socket ----

for (const verb of [
  "GET /",
  "POST /",
  "PUT /",
  "DELETE /",
  "TRACE /",
  "CONNECT a",
  "OPTIONS *",
  "HTTP/1.1 200",
])
  syscallCase("write", `dynamic snaplen: HTTP ${verb}`, (p) => unixWrite(p, message(verb, 2100), 2000), on);

for (const start of ["OPT ION", "HTTP?", "GETS", "get /"])
  syscallCase(
    "write",
    `dynamic snaplen: not HTTP ${start}`,
    (p) => unixWrite(p, message(start, 160), 80),
    on,
  );

for (const operation of [1, 2001, 2007]) {
  const start = [200, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, operation & 0xff, operation >> 8, 0, 0];
  syscallCase(
    "write",
    `dynamic snaplen: MongoDB operation ${operation}`,
    (p) => unixWrite(p, message(start, 200), 200),
    on,
  );
}

syscallCase(
  "write",
  "dynamic snaplen: no MongoDB operation",
  (p) => unixWrite(p, message([200, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xd8, 7, 0, 0], 200), 80),
  on,
);

syscallCase(
  "write",
  "dynamic snaplen: a larger snaplen stays",
  (p) => unixWrite(p, message("GET /", 3000), 2500),
  { ...on, snaplen: 2500 },
);

syscallCase("write", "dynamic snaplen off: HTTP is cut", (p) => unixWrite(p, message("GET /", 160), 80));

syscallCase(
  "write",
  "dynamic snaplen: a file is no socket",
  (p) => {
    const data = message("GET /", 160);
    const fd = p.openat(AT_FDCWD, "f", O_CREAT | O_RDWR, 0o600);
    const res = p.write(fd, p.bytes(data), data.length);
    return [
      event("write", { res: i64(res), data: bytes(data.subarray(0, 80)), fd: i64(fd), size: u32(160) }),
    ];
  },
  on,
);

syscallCase(
  "write",
  "dynamic snaplen: a descriptor that is not open",
  (p) => {
    const data = message("GET /", 160);
    const res = p.write(-1, p.bytes(data), data.length, { errno: "EBADF" });
    return [
      event("write", { res: i64(res), data: bytes(data.subarray(0, 80)), fd: i64(-1), size: u32(160) }),
    ];
  },
  on,
);

syscallCase(
  "read",
  "dynamic snaplen: HTTP that comes in",
  (p) => {
    const data = message("HTTP/1.1 200 OK", 300);
    const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
    p.write(pair.first, p.bytes(data), data.length);
    const res = p.read(pair.second, p.buffer(400), 400);
    return [event("read", { res: i64(res), data: bytes(data), fd: i64(pair.second), size: u32(400) })];
  },
  on,
);

syscallCase(
  "writev",
  "dynamic snaplen: of several buffers the beginning does not count",
  (p) => {
    const data = message("GET /", 160);
    const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
    const res = p.writev(pair.first, p.iovec([p.bytes(data)]), 1);
    return [
      event("writev", {
        res: i64(res),
        data: bytes(data.subarray(0, 80)),
        fd: i64(pair.first),
        size: u32(160),
      }),
    ];
  },
  on,
);

// ---- by port ----

for (const address of ["127.0.0.1", "::1"] as const) {
  syscallCase(
    "sendto",
    `dynamic snaplen: DNS to ${address}`,
    (p) => datagram(p, address, 53, message("?", 700), 512),
    on,
  );
  syscallCase(
    "sendto",
    `dynamic snaplen: statsd to ${address}`,
    (p) => datagram(p, address, 8125, message("c:1|c", 2100), 2000),
    on,
  );
}

syscallCase(
  "sendto",
  "dynamic snaplen: statsd elsewhere",
  (p) => datagram(p, "127.0.0.1", 9125, message("c:1|c", 200), 200),
  {
    dynamicSnaplen: { statsdPort: 9125 },
  },
);

syscallCase(
  "sendto",
  "dynamic snaplen: no statsd on its usual port",
  (p) => datagram(p, "127.0.0.1", 8125, message("c:1|c", 200), 80),
  {
    dynamicSnaplen: { statsdPort: 9125 },
  },
);

syscallCase(
  "sendto",
  "dynamic snaplen: MySQL",
  (p) => datagram(p, "127.0.0.1", 3306, message([5, 0, 0, 1, 3], 200), 200),
  on,
);
syscallCase(
  "sendto",
  "dynamic snaplen: not MySQL",
  (p) => datagram(p, "127.0.0.1", 3306, message("GET / 1111", 200), 80),
  on,
);
syscallCase(
  "sendto",
  "dynamic snaplen: PostgreSQL query",
  (p) => datagram(p, "127.0.0.1", 5432, message([0x51, 0, 0, 0], 200), 200),
  on,
);
syscallCase(
  "sendto",
  "dynamic snaplen: PostgreSQL start-up",
  (p) => datagram(p, "127.0.0.1", 5432, message([1, 1, 1, 1, 0, 3, 0, 0], 200), 200),
  on,
);
syscallCase(
  "sendto",
  "dynamic snaplen: not PostgreSQL",
  (p) => datagram(p, "127.0.0.1", 5432, message("QUERY", 200), 80),
  on,
);
syscallCase(
  "sendto",
  "dynamic snaplen: MongoDB by port",
  (p) => datagram(p, "127.0.0.1", 27017, message("?", 200), 200),
  on,
);

const range = { dynamicSnaplen: { fullcapturePorts: [7000, 7010] } } as const;
for (const [port, kept] of [
  [7000, 16_000],
  [7010, 16_000],
  [6999, 80],
  [7011, 80],
] as const)
  syscallCase(
    "sendto",
    `dynamic snaplen: full capture of 7000 to 7010, to ${port}`,
    (p) => datagram(p, "127.0.0.1", port, message("?", 17_000), kept),
    range,
  );

syscallCase(
  "recvfrom",
  "dynamic snaplen: full capture of the own port",
  (p) => {
    const data = message("?", 300);
    const receiver = receiverOf(p, data, { port: 7005 });
    const res = p.recvfrom(receiver.fd, p.buffer(400), 400, 0, null, null);
    const tuple = inetTuple("0.0.0.0", 0, "127.0.0.1", 7005);
    return [
      event("recvfrom", { res: i64(res), data: bytes(data), tuple, fd: i64(receiver.fd), size: u32(400) }),
    ];
  },
  range,
);

syscallCase(
  "recvfrom",
  "dynamic snaplen: DNS answers, by the address that the call returns",
  (p) => {
    const data = message("?", 700);
    const receiver = receiverOf(p, data, { from: 53 });
    const res = p.recvfrom(receiver.fd, p.buffer(800), 800, 0, p.buffer(16), p.int(16));
    const tuple = inetTuple("127.0.0.1", 53, "127.0.0.1", receiver.port);
    const kept = bytes(data.subarray(0, 512));
    return [event("recvfrom", { res: i64(res), data: kept, tuple, fd: i64(receiver.fd), size: u32(800) })];
  },
  on,
);

// ---- several buffers, several messages ----

syscallCase(
  "sendmsg",
  "dynamic snaplen: DNS",
  (p) => {
    const data = message("?", 700);
    const sender = udpSocket(p, "127.0.0.1");
    const name = p.sockaddrIn("127.0.0.1", 53).memory;
    const iov = [p.bytes(data.subarray(0, 300)), p.bytes(data.subarray(300))];
    const res = p.sendmsg(sender.fd, p.msghdr({ name, iov }), 0);
    const tuple = inetTuple("127.0.0.1", sender.port, "127.0.0.1", 53);
    const kept = bytes(data.subarray(0, 512));
    return [event("sendmsg", { res: i64(res), data: kept, fd: i64(sender.fd), size: u32(700), tuple })];
  },
  on,
);

syscallCase(
  "sendmmsg",
  "dynamic snaplen: of each message by its own address",
  (p) => {
    const data = message("?", 600);
    const sender = udpSocket(p, "127.0.0.1");
    const ports = [53, 9] as const;
    const messages = p.structs(
      "mmsghdr",
      ports.map((port) => {
        const name = p.sockaddrIn("127.0.0.1", port).memory;
        return { iov: p.iovec([p.bytes(data)]), iovlen: 1, name, namelen: name.size };
      }),
    );
    p.sendmmsg(sender.fd, messages, 2, 0);
    return [512, 80].map((kept, i) =>
      event("sendmmsg", {
        res: i64(600),
        fd: i64(sender.fd),
        size: u32(600),
        data: bytes(data.subarray(0, kept)),
        tuple: inetTuple("127.0.0.1", sender.port, "127.0.0.1", ports[i]!),
      }),
    );
  },
  on,
);

syscallCase(
  "readv",
  "dynamic snaplen: full capture of the own port",
  (p) => {
    const data = message("?", 300);
    const receiver = receiverOf(p, data, { port: 7005 });
    const res = p.readv(receiver.fd, p.iovec([p.buffer(100), p.buffer(300)]), 2);
    return [event("readv", { res: i64(res), size: u32(300), data: bytes(data), fd: i64(receiver.fd) })];
  },
  range,
);
