/** Messages on sockets: data, addresses, iovecs, control data. */
import { AF_INET, AF_UNIX, MSG_DONTWAIT, SOCK_DGRAM, SOCK_STREAM } from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { inetTuple, unixTuple } from "../../harness/run/sockets.ts";
import { bytes, empty, i64, u32 } from "../../harness/run/values.ts";
import { localPort, tcpPair, udpSocket } from "./support/network.ts";

const loopbacks = ["127.0.0.1", "::1"] as const;
const version = (address: string) => (address === "::1" ? "IPv6" : "IPv4");
const anyAddress = (address: string) => (address === "::1" ? "::" : "0.0.0.0");
const long = "0123456789".repeat(20);

/** A bound datagram socket of the file system, and its address. */
function unixReceiver(p: BlockBuilder, path = "receiver.sock") {
  const fd = p.socket(AF_UNIX, SOCK_DGRAM, 0);
  const address = p.sockaddrUn(path);
  p.bind(fd, address, address.size);
  return { fd, address };
}

// ---- sendto ----

for (const address of loopbacks) {
  syscallCase("sendto", `a TCP connection over ${version(address)}`, (p) => {
    const { server, client, clientPort } = tcpPair(p, address);
    const res = p.sendto(client, p.bytes(long), long.length, 0);
    const tuple = inetTuple(address, clientPort, address, server.port);
    const data = bytes(long.slice(0, 80));
    return [event("sendto", { res: i64(res), data, fd: i64(client), size: u32(200), tuple })];
  });

  syscallCase("sendto", `an unconnected UDP socket over ${version(address)}`, (p) => {
    const receiver = udpSocket(p, address);
    const sender = udpSocket(p, address);
    const res = p.sendto(sender.fd, p.bytes("hello"), 5, 0, receiver.bound, receiver.bound.size);
    const tuple = inetTuple(address, sender.port, address, receiver.port);
    return [
      event("sendto", { res: i64(res), data: bytes("hello"), fd: i64(sender.fd), size: u32(5), tuple }),
    ];
  });
}

syscallCase("sendto", "a UDP socket that the call binds", (p) => {
  const receiver = udpSocket(p, "127.0.0.1");
  const fd = p.socket(AF_INET, SOCK_DGRAM, 0);
  const res = p.sendto(fd, p.bytes("x"), 1, 0, receiver.bound, receiver.bound.size);
  const tuple = inetTuple("0.0.0.0", localPort(p, fd, "127.0.0.1"), "127.0.0.1", receiver.port);
  return [event("sendto", { res: i64(res), data: bytes("x"), fd: i64(fd), size: u32(1), tuple })];
});

syscallCase("sendto", "a connected UDP socket: its peer counts", (p) => {
  const receiver = udpSocket(p, "127.0.0.1");
  const sender = udpSocket(p, "127.0.0.1");
  p.connect(sender.fd, receiver.bound, receiver.bound.size);
  const res = p.sendto(sender.fd, p.bytes("hello"), 5, 0);
  const tuple = inetTuple("127.0.0.1", sender.port, "127.0.0.1", receiver.port);
  return [event("sendto", { res: i64(res), data: bytes("hello"), fd: i64(sender.fd), size: u32(5), tuple })];
});

syscallCase("sendto", "a unix stream socket", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  const res = p.sendto(pair.first, p.bytes("hello"), 5, 0);
  const expected = { data: bytes("hello"), fd: i64(pair.first), size: u32(5), tuple: unixTuple("") };
  return [event("sendto", { res: i64(res), ...expected })];
});

syscallCase("sendto", "a unix path", (p) => {
  const receiver = unixReceiver(p);
  const fd = p.socket(AF_UNIX, SOCK_DGRAM, 0);
  const res = p.sendto(fd, p.bytes("hello"), 5, 0, receiver.address, receiver.address.size);
  const tuple = unixTuple("receiver.sock", { first: "none" });
  return [event("sendto", { res: i64(res), data: bytes("hello"), fd: i64(fd), size: u32(5), tuple })];
});

syscallCase("sendto", "fails with EBADF but had data", (p) => {
  const res = p.sendto(-1, p.bytes("lost"), 4, 0, null, 0, { errno: "EBADF" });
  return [event("sendto", { res: i64(res), data: bytes("lost"), fd: i64(-1), size: u32(4), tuple: empty })];
});

syscallCase("sendto", "a buffer that cannot be read", (p) => {
  const { client } = tcpPair(p, "127.0.0.1");
  const res = p.sendto(client, p.badPointer, 16, 0, null, 0, { errno: "EFAULT" });
  return [event("sendto", { res: i64(res), data: empty, fd: i64(client), size: u32(16), tuple: empty })];
});

// ---- recvfrom ----

for (const address of loopbacks) {
  syscallCase("recvfrom", `a TCP connection over ${version(address)}`, (p) => {
    const { server, accepted, client, clientPort } = tcpPair(p, address);
    p.write(client, p.bytes("hello"), 5);
    const res = p.recvfrom(accepted, p.buffer(64), 64, 0);
    const tuple = inetTuple(address, clientPort, address, server.port);
    return [
      event("recvfrom", { res: i64(res), data: bytes("hello"), tuple, fd: i64(accepted), size: u32(64) }),
    ];
  });

  syscallCase("recvfrom", `an unconnected UDP socket over ${version(address)}`, (p) => {
    const receiver = udpSocket(p, address);
    const sender = udpSocket(p, address);
    p.sendto(sender.fd, p.bytes("hello"), 5, 0, receiver.bound, receiver.bound.size);
    const from = p.buffer(28);
    const res = p.recvfrom(receiver.fd, p.buffer(5), 5, 0, from, p.int(28));
    const tuple = inetTuple(address, sender.port, address, receiver.port);
    return [
      event("recvfrom", { res: i64(res), data: bytes("hello"), tuple, fd: i64(receiver.fd), size: u32(5) }),
    ];
  });

  syscallCase("recvfrom", `a sender over ${version(address)} that nobody asked for`, (p) => {
    const receiver = udpSocket(p, address);
    const sender = udpSocket(p, address);
    p.sendto(sender.fd, p.bytes("hello"), 5, 0, receiver.bound, receiver.bound.size);
    const res = p.recvfrom(receiver.fd, p.buffer(5), 5, 0);
    const tuple = inetTuple(anyAddress(address), 0, address, receiver.port);
    return [
      event("recvfrom", { res: i64(res), data: bytes("hello"), tuple, fd: i64(receiver.fd), size: u32(5) }),
    ];
  });
}

syscallCase("recvfrom", "a unix datagram", (p) => {
  const receiver = unixReceiver(p);
  const fd = p.socket(AF_UNIX, SOCK_DGRAM, 0);
  p.sendto(fd, p.bytes("hello"), 5, 0, receiver.address, receiver.address.size);
  const res = p.recvfrom(receiver.fd, p.buffer(8), 8, 0);
  const tuple = unixTuple("receiver.sock", { second: "none" });
  return [
    event("recvfrom", { res: i64(res), data: bytes("hello"), tuple, fd: i64(receiver.fd), size: u32(8) }),
  ];
});

syscallCase("recvfrom", "the end of a connection", (p) => {
  const { server, accepted, client, clientPort } = tcpPair(p, "127.0.0.1");
  p.shutdown(client, 1);
  const res = p.recvfrom(accepted, p.buffer(8), 8, 0);
  const tuple = inetTuple("127.0.0.1", clientPort, "127.0.0.1", server.port);
  return [event("recvfrom", { res: i64(res), data: empty, tuple, fd: i64(accepted), size: u32(8) })];
});

syscallCase("recvfrom", "nothing waits", (p) => {
  const { fd } = udpSocket(p, "127.0.0.1");
  const res = p.recvfrom(fd, p.buffer(8), 8, MSG_DONTWAIT, null, null, { errno: "EAGAIN" });
  return [event("recvfrom", { res: i64(res), data: empty, tuple: empty, fd: i64(fd), size: u32(8) })];
});

syscallCase("recvfrom", "fails with EBADF", (p) => {
  const res = p.recvfrom(-1, p.buffer(8), 8, 0, null, null, { errno: "EBADF" });
  return [event("recvfrom", { res: i64(res), data: empty, tuple: empty, fd: i64(-1), size: u32(8) })];
});

// ---- sendmsg ----

for (const address of loopbacks) {
  syscallCase("sendmsg", `three buffers over ${version(address)}`, (p) => {
    const { server, client, clientPort } = tcpPair(p, address);
    const res = p.sendmsg(client, p.msghdr({ iov: ["one", "", long] }), 0);
    const tuple = inetTuple(address, clientPort, address, server.port);
    const data = bytes(`one${long.slice(0, 77)}`);
    return [event("sendmsg", { res: i64(res), data, fd: i64(client), size: u32(203), tuple })];
  });

  syscallCase("sendmsg", `an address over ${version(address)}`, (p) => {
    const receiver = udpSocket(p, address);
    const sender = udpSocket(p, address);
    const res = p.sendmsg(sender.fd, p.msghdr({ name: receiver.bound, iov: ["hello"] }), 0);
    const tuple = inetTuple(address, sender.port, address, receiver.port);
    const data = bytes("hello");
    return [event("sendmsg", { res: i64(res), data, fd: i64(sender.fd), size: u32(5), tuple })];
  });
}

syscallCase("sendmsg", "a unix path", (p) => {
  const receiver = unixReceiver(p);
  const fd = p.socket(AF_UNIX, SOCK_DGRAM, 0);
  const res = p.sendmsg(fd, p.msghdr({ name: receiver.address, iov: ["hello"] }), 0);
  const tuple = unixTuple("receiver.sock", { first: "none" });
  return [event("sendmsg", { res: i64(res), data: bytes("hello"), fd: i64(fd), size: u32(5), tuple })];
});

syscallCase("sendmsg", "fails with EBADF but had data", (p) => {
  const res = p.sendmsg(-1, p.msghdr({ iov: ["lo", "st"] }), 0, { errno: "EBADF" });
  return [event("sendmsg", { res: i64(res), data: bytes("lost"), fd: i64(-1), size: u32(4), tuple: empty })];
});

syscallCase("sendmsg", "a header that cannot be read", (p) => {
  const { client } = tcpPair(p, "127.0.0.1");
  const res = p.sendmsg(client, p.badPointer, 0, { errno: "EFAULT" });
  return [event("sendmsg", { res: i64(res), data: empty, fd: i64(client), size: u32(0), tuple: empty })];
});

// ---- recvmsg ----

for (const address of loopbacks) {
  syscallCase("recvmsg", `two buffers over ${version(address)}`, (p) => {
    const { server, accepted, client, clientPort } = tcpPair(p, address);
    p.write(client, p.bytes("hello world"), 11);
    const res = p.recvmsg(accepted, p.msghdr({ iov: [p.buffer(6), p.buffer(10)] }), 0);
    const tuple = inetTuple(address, clientPort, address, server.port);
    const expected = { size: u32(11), data: bytes("hello world"), tuple, msgcontrol: empty };
    return [event("recvmsg", { res: i64(res), ...expected, fd: i64(accepted) })];
  });

  syscallCase("recvmsg", `an address over ${version(address)}`, (p) => {
    const receiver = udpSocket(p, address);
    const sender = udpSocket(p, address);
    p.sendto(sender.fd, p.bytes(long), long.length, 0, receiver.bound, receiver.bound.size);
    const res = p.recvmsg(receiver.fd, p.msghdr({ name: p.buffer(28), iov: [p.buffer(256)] }), 0);
    const tuple = inetTuple(address, sender.port, address, receiver.port);
    const expected = { size: u32(200), data: bytes(long.slice(0, 80)), tuple, msgcontrol: empty };
    return [event("recvmsg", { res: i64(res), ...expected, fd: i64(receiver.fd) })];
  });
}

syscallCase("recvmsg", "file descriptors in control data", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  const pipe = p.pipe2(0);
  const rights = p.scmRights([pipe.first, pipe.second]);
  p.sendmsg(pair.first, p.msghdr({ iov: ["x"], control: rights }), 0);
  const control = p.buffer(64);
  const message = p.msghdr({ iov: [p.buffer(1)], control });
  const res = p.recvmsg(pair.second, message, 0);
  return [
    event("recvmsg", {
      res: i64(res),
      size: u32(1),
      data: bytes("x"),
      tuple: unixTuple(""),
      msgcontrol: bytes((facts) =>
        facts.bytes(control.bytes()).subarray(0, Number(facts.value(message.controllen))),
      ),
      fd: i64(pair.second),
    }),
  ];
});

const nothing = { size: u32(0), data: empty, tuple: empty, msgcontrol: empty };

syscallCase("recvmsg", "fails with EBADF", (p) => {
  const message = p.msghdr({ iov: [p.buffer(4)], control: p.buffer(32) });
  const res = p.recvmsg(-1, message, 0, { errno: "EBADF" });
  return [event("recvmsg", { res: i64(res), ...nothing, fd: i64(-1) })];
});

syscallCase("recvmsg", "a header that cannot be read", (p) => {
  const { accepted } = tcpPair(p, "127.0.0.1");
  const res = p.recvmsg(accepted, p.badPointer, 0, { errno: "EFAULT" });
  return [event("recvmsg", { res: i64(res), ...nothing, fd: i64(accepted) })];
});
