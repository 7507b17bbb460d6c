/**
 * socketcall, the one number of old programs for all calls on sockets (32-bit x86, s390x, ppc64le): it is recorded as the
 * call that it stands for. And send and recv, which only ppc64le has as calls of their own.
 */
import {
  AF_INET,
  AF_UNIX,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_STREAM,
} from "../../harness/program/constants.ts";
import type { Arg, BlockBuilder, CallOptions, ResultRef } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { enterEvent, event } from "../../harness/run/expected-event.ts";
import { inetAddress, inetTuple, unixTuple } from "../../harness/run/sockets.ts";
import { bytes, empty, i64, u32 } from "../../harness/run/values.ts";
import { localPort, tcpServer, udpSocket } from "./support/network.ts";

/** linux/net.h */
const SYS = { SOCKET: 1, CONNECT: 3, SEND: 9, RECVFROM: 12, SENDTO: 11 } as const;

/** @param args put into the caller's memory, a long each */
function socketcall(
  p: BlockBuilder,
  which: keyof typeof SYS,
  args: readonly Arg[],
  options: CallOptions = {},
): ResultRef {
  const caller = p.abi.name === "x86_64" ? p.ia32 : p;
  const long = caller.abi.bits === 64 ? 8 : 4;
  const block = caller.buffer(long * args.length);
  args.forEach((arg, i) => {
    caller.store(block.slice(i * long, long), arg);
  });
  return caller.socketcall(SYS[which], block, options);
}

syscallCase("socketcall", "socket", (p) => {
  const fd = socketcall(p, "SOCKET", [AF_INET, SOCK_STREAM, 6]);
  const expected = { domain: u32(2), type: u32(SOCK_STREAM), proto: u32(6), flags: u32(0) };
  return [event("socket", { fd: i64(fd), ...expected })];
});

syscallCase("socketcall", "socket fails", (p) => {
  const fd = socketcall(p, "SOCKET", [200, SOCK_DGRAM, 0], { errno: "EAFNOSUPPORT" });
  const expected = { domain: u32(0), type: u32(SOCK_DGRAM), proto: u32(0), flags: u32(0) };
  return [event("socket", { fd: i64(fd), ...expected })];
});

syscallCase("socketcall", "connect has both events", (p) => {
  const server = tcpServer(p, "127.0.0.1");
  const fd = p.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const res = socketcall(p, "CONNECT", [fd, server.bound, server.bound.size]);
  const addr = inetAddress("127.0.0.1", server.port);
  return [
    enterEvent("connect", { fd: i64(fd), addr }),
    event("connect", {
      res: i64(res),
      tuple: inetTuple("127.0.0.1", localPort(p, fd, "127.0.0.1"), "127.0.0.1", server.port),
      fd: i64(fd),
      addr,
    }),
  ];
});

syscallCase("socketcall", "sendto with six arguments", (p) => {
  const receiver = udpSocket(p, "127.0.0.1");
  const sender = udpSocket(p, "127.0.0.1");
  const text = p.bytes("hello");
  const res = socketcall(p, "SENDTO", [sender.fd, text, 5, 0, receiver.bound, receiver.bound.size]);
  const tuple = inetTuple("127.0.0.1", sender.port, "127.0.0.1", receiver.port);
  return [event("sendto", { res: i64(res), data: bytes("hello"), fd: i64(sender.fd), size: u32(5), tuple })];
});

syscallCase("socketcall", "recvfrom that would block", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const args = [pair.first, p.buffer(8), 8, 0, null, null];
  const res = socketcall(p, "RECVFROM", args, { errno: "EAGAIN" });
  const expected = { data: empty, tuple: empty, fd: i64(pair.first), size: u32(8) };
  return [event("recvfrom", { res: i64(res), ...expected })];
});

syscallCase("socketcall", "send is a sendto where there is no send", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  const res = socketcall(p, "SEND", [pair.first, p.bytes("hello"), 5, 0]);
  const expected = { data: bytes("hello"), fd: i64(pair.first), size: u32(5), tuple: unixTuple("") };
  return [event(p.abi.name === "ppc64le" ? "send" : "sendto", { res: i64(res), ...expected })];
});

syscallCase("send", "a unix stream socket", (p) => {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  const res = p.send(pair.first, p.bytes("hello"), 5, 0);
  const expected = { data: bytes("hello"), fd: i64(pair.first), size: u32(5), tuple: unixTuple("") };
  return [event("send", { res: i64(res), ...expected })];
});

syscallCase("send", "fails with EBADF", (p) => {
  const res = p.send(-1, p.bytes("hello"), 5, 0, { errno: "EBADF" });
  return [event("send", { res: i64(res), data: bytes("hello"), fd: i64(-1), size: u32(5), tuple: empty })];
});

syscallCase("recv", "a UDP socket", (p) => {
  const receiver = udpSocket(p, "127.0.0.1");
  const sender = udpSocket(p, "127.0.0.1");
  p.sendto(sender.fd, p.bytes("hello"), 5, 0, receiver.bound, receiver.bound.size);
  const res = p.recv(receiver.fd, p.buffer(16), 16, 0);
  const expected = { data: bytes("hello"), fd: i64(receiver.fd), size: u32(16) };
  return [
    event("recv", { res: i64(res), ...expected, tuple: inetTuple("0.0.0.0", 0, "127.0.0.1", receiver.port) }),
  ];
});

syscallCase("recv", "fails with EBADF", (p) => {
  const res = p.recv(-1, p.buffer(16), 16, 0, { errno: "EBADF" });
  return [event("recv", { res: i64(res), data: empty, fd: i64(-1), size: u32(16), tuple: empty })];
});
