/** Several messages by one call: one event for each that went through. */
import { AF_UNIX, MSG_DONTWAIT, SOCK_DGRAM } from "../../harness/program/constants.ts";
import type { BlockBuilder, Memory } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { inetTuple, unixTuple } from "../../harness/run/sockets.ts";
import { bytes, empty, i64, u32 } from "../../harness/run/values.ts";
import { type Loopback, udpSocket } from "./support/network.ts";

interface Message {
  readonly iov: readonly (string | Memory)[];
  readonly name?: Memory;
  readonly control?: Memory;
}

function vector(p: BlockBuilder, messages: readonly Message[]): Memory {
  return p.structs(
    "mmsghdr",
    messages.map(({ iov, name, control }) => ({
      iov: p.iovec(iov),
      iovlen: iov.length,
      name: name ?? null,
      namelen: name?.size ?? 0,
      control: control ?? null,
      controllen: control?.size ?? 0,
    })),
  );
}

for (const address of ["127.0.0.1", "::1"] satisfies Loopback[]) {
  const version = address === "::1" ? "IPv6" : "IPv4";

  syscallCase("sendmmsg", `two receivers over ${version}`, (p) => {
    const receivers = [udpSocket(p, address), udpSocket(p, address)] as const;
    const sender = udpSocket(p, address);
    const messages = vector(p, [
      { iov: ["hello ", "world"], name: receivers[0].bound },
      { iov: ["x".repeat(100)], name: receivers[1].bound },
    ]);
    p.sendmmsg(sender.fd, messages, 2, 0);
    const sent = (size: number, content: string, to: number) =>
      event("sendmmsg", {
        res: i64(size),
        fd: i64(sender.fd),
        size: u32(size),
        data: bytes(content),
        tuple: inetTuple(address, sender.port, address, receivers[to]!.port),
      });
    return [sent(11, "hello world", 0), sent(100, "x".repeat(80), 1)];
  });

  syscallCase("recvmmsg", `two senders over ${version}`, (p) => {
    const receiver = udpSocket(p, address);
    const senders = [udpSocket(p, address), udpSocket(p, address)] as const;
    for (const [i, { fd }] of senders.entries())
      p.sendto(fd, p.bytes(`from ${i}`), 6, 0, receiver.bound, receiver.bound.size);
    const room = () => ({ iov: [p.buffer(3), p.buffer(60)], name: p.buffer(28) });
    p.recvmmsg(receiver.fd, vector(p, [room(), room()]), 2, 0, null);
    return senders.map(({ port }, i) =>
      event("recvmmsg", {
        res: i64(6),
        fd: i64(receiver.fd),
        size: u32(6),
        data: bytes(`from ${i}`),
        tuple: inetTuple(address, port, address, receiver.port),
        msgcontrol: empty,
      }),
    );
  });
}

syscallCase("recvmmsg", "file descriptors in control data", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_DGRAM, 0);
  p.sendmsg(pair.first, p.msghdr({ iov: ["x"], control: p.scmRights([0, 1]) }), 0);
  const control = p.buffer(64);
  const messages = vector(p, [{ iov: [p.buffer(1)], control }]);
  p.recvmmsg(pair.second, messages, 1, 0, null);
  const { controllen } = p.structAt(messages, "mmsghdr");
  return [
    event("recvmmsg", {
      res: i64(1),
      fd: i64(pair.second),
      size: u32(1),
      data: bytes("x"),
      tuple: unixTuple(""),
      msgcontrol: bytes((facts) => facts.bytes(control.bytes()).subarray(0, Number(facts.value(controllen)))),
    }),
  ];
});

syscallCase("sendmmsg", "of twenty messages sixteen are recorded", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_DGRAM, 0);
  // A unix socket queues ten messages more than its limit: read them between.
  const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`);
  p.fork((c) => {
    for (let i = 0; i < texts.length; i++) c.read(pair.second, c.buffer(16), 16);
  });
  p.sendmmsg(
    pair.first,
    vector(
      p,
      texts.map((text) => ({ iov: [text] })),
    ),
    texts.length,
    0,
  );
  return texts.slice(0, 16).map((text) =>
    event("sendmmsg", {
      res: i64(text.length),
      fd: i64(pair.first),
      size: u32(text.length),
      data: bytes(text),
      tuple: unixTuple(""),
    }),
  );
});

const nothing = { size: u32(0), data: empty, tuple: empty };

syscallCase("sendmmsg", "fails with EBADF", (p) => {
  const res = p.sendmmsg(-1, vector(p, [{ iov: ["lost"] }]), 1, 0, { errno: "EBADF" });
  return [event("sendmmsg", { res: i64(res), fd: i64(-1), ...nothing })];
});

syscallCase("sendmmsg", "no message", (p) => {
  const { fd } = udpSocket(p, "127.0.0.1");
  const res = p.sendmmsg(fd, vector(p, [{ iov: ["unsent"] }]), 0, 0);
  return [event("sendmmsg", { res: i64(res), fd: i64(fd), ...nothing })];
});

syscallCase("recvmmsg", "nothing waits", (p) => {
  const { fd } = udpSocket(p, "127.0.0.1");
  const messages = vector(p, [{ iov: [p.buffer(8)] }]);
  const res = p.recvmmsg(fd, messages, 1, MSG_DONTWAIT, null, { errno: "EAGAIN" });
  return [event("recvmmsg", { res: i64(res), fd: i64(fd), ...nothing, msgcontrol: empty })];
});

syscallCase("recvmmsg", "a vector that cannot be read", (p) => {
  const { fd } = udpSocket(p, "127.0.0.1");
  const res = p.recvmmsg(fd, p.badPointer, 1, MSG_DONTWAIT, null, { errno: "EFAULT" });
  return [event("recvmmsg", { res: i64(res), fd: i64(fd), ...nothing, msgcontrol: empty })];
});
