/** TCP servers and clients inside a program. */
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM } from "../../../harness/program/constants.ts";
import type { BlockBuilder, Memory, ResultRef } from "../../../harness/program/index.ts";
import type { Num } from "../../../harness/run/values.ts";

export type Loopback = "127.0.0.1" | "::1";

function sockaddr(p: BlockBuilder, address: Loopback, port: number): Memory {
  return (address === "::1" ? p.sockaddrIn6(address, port) : p.sockaddrIn(address, port)).memory;
}

export interface TcpServer {
  readonly fd: ResultRef;
  readonly address: Loopback;
  /** sockaddr with the port that the kernel chose. */
  readonly bound: Memory;
  readonly port: Num;
}

/** A listening socket on a port of the kernel's choice. */
export function tcpServer(p: BlockBuilder, address: Loopback, backlog = 3): TcpServer {
  const fd = p.socket(address === "::1" ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
  const any = sockaddr(p, address, 0);
  p.bind(fd, any, any.size);
  p.listen(fd, backlog);
  const bound = sockaddr(p, address, 0);
  p.getsockname(fd, bound, p.int(bound.size));
  return { fd, address, bound, port: portIn(bound) };
}

/** A blocking connect to the server. */
export function tcpClient(
  p: BlockBuilder,
  server: TcpServer,
): { readonly fd: ResultRef; readonly res: ResultRef } {
  const fd = p.socket(server.address === "::1" ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
  return { fd, res: p.connect(fd, server.bound, server.bound.size) };
}

/** Both ends of one TCP connection. */
export interface TcpPair {
  readonly server: TcpServer;
  /** The accepted socket. */
  readonly accepted: ResultRef;
  readonly client: ResultRef;
  readonly clientPort: Num;
}

export function tcpPair(p: BlockBuilder, address: Loopback): TcpPair {
  const server = tcpServer(p, address);
  const { fd: client } = tcpClient(p, server);
  return {
    server,
    accepted: p.accept4(server.fd, null, null, 0),
    client,
    clientPort: localPort(p, client, address),
  };
}

export interface UdpSocket {
  readonly fd: ResultRef;
  /** sockaddr with the port that the kernel chose. */
  readonly bound: Memory;
  readonly port: Num;
}

/** A UDP socket, on a port of the kernel's choice if `port` is 0. */
export function udpSocket(p: BlockBuilder, address: Loopback, port = 0): UdpSocket {
  const fd = p.socket(address === "::1" ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
  const bound = sockaddr(p, address, port);
  p.bind(fd, bound, bound.size);
  p.getsockname(fd, bound, p.int(bound.size));
  return { fd, bound, port: portIn(bound) };
}

/** The port that getsockname tells, in host order. */
export function localPort(p: BlockBuilder, fd: ResultRef, address: Loopback): Num {
  const own = sockaddr(p, address, 0);
  p.getsockname(fd, own, p.int(own.size));
  return portIn(own);
}

function portIn(memory: Memory): Num {
  const bytes = memory.bytes(2, 2);
  return (facts) => Buffer.from(facts.bytes(bytes)).readUInt16BE();
}
