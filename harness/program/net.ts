/** Socket addresses, messages and control data. */
import { Areas, type Fields } from "./areas.ts";
import { AF_INET, AF_INET6, AF_UNIX, SCM_RIGHTS, SOL_SOCKET } from "./constants.ts";
import { alignUp } from "./layout.ts";
import type { Arg, Memory, View } from "./memory.ts";
import { textBytes } from "./pool.ts";
import { structLayout } from "./structs.ts";

export abstract class NetAreas extends Areas {
  /** @param address dotted quad */
  sockaddrIn(address: string, port: Arg): View<"sockaddr_in"> {
    return this.struct("sockaddr_in", { family: AF_INET, port, addr: ipv4Bytes(address) });
  }
  /** @param address RFC 4291 text */
  sockaddrIn6(address: string, port: Arg, scopeId: Arg = 0): View<"sockaddr_in6"> {
    const fields = { family: AF_INET6, port, addr: ipv6Bytes(address), scope_id: scopeId };
    return this.struct("sockaddr_in6", fields);
  }
  /** A path, or an abstract name that begins with "\0". The memory is exactly as long as the address. */
  sockaddrUn(path: string): Memory {
    const name = textBytes(path.startsWith("\0") || path === "" ? path : `${path}\0`);
    if (name.length > 108) throw new RangeError(`unix socket path of ${name.length} bytes (at most 108)`);
    const memory = this.buffer(2 + name.length);
    this.put(memory.slice(0, 2), AF_UNIX, 2);
    this.pool.fill(memory.area, memory.offset + 2, name);
    return memory;
  }

  /** An iovec array over strings, bytes and buffers; strings count without their NUL. */
  iovec(parts: readonly (Memory | string | Uint8Array | { base: Arg; len: Arg })[]): Memory {
    return this.structs(
      "iovec",
      parts.map((part) => this.iovPart(part)),
    );
  }
  private iovPart(part: Memory | string | Uint8Array | { base: Arg; len: Arg }): Fields<"iovec"> {
    const memory = typeof part === "string" || part instanceof Uint8Array ? this.bytes(part) : part;
    return "base" in memory ? memory : { base: memory, len: memory.size };
  }

  /** A msghdr. `iov` as for iovec(). */
  msghdr(message: {
    readonly name?: Memory | { readonly memory: Memory };
    readonly iov?: readonly (Memory | string | Uint8Array)[];
    readonly control?: Memory;
    readonly flags?: Arg;
  }): View<"msghdr"> {
    const name = message.name && ("memory" in message.name ? message.name.memory : message.name);
    const { iov = [], control = null, flags = 0 } = message;
    return this.struct("msghdr", {
      name: name ?? null,
      namelen: name?.size ?? 0,
      iov: iov.length > 0 ? this.iovec(iov) : null,
      iovlen: iov.length,
      control,
      controllen: control?.size ?? 0,
      flags,
    });
  }

  /** One control message of `size` data bytes, padded as CMSG_SPACE says; the data is zero. */
  cmsg(level: Arg, type: Arg, size: number): { readonly memory: Memory; readonly data: Memory } {
    const { size: header } = structLayout("cmsghdr", this.abi);
    const memory = this.buffer(alignUp(header + size, this.abi.bits / 8));
    const width = this.abi.bits === 64 ? 8 : 4;
    this.put(memory.slice(0, width), header + size, width);
    this.put(memory.slice(width, 4), level, 4);
    this.put(memory.slice(width + 4, 4), type, 4);
    return { memory, data: memory.slice(header, size) };
  }
  /** SCM_RIGHTS control data that passes file descriptors. */
  scmRights(fds: readonly Arg[]): Memory {
    const { memory, data } = this.cmsg(SOL_SOCKET, SCM_RIGHTS, 4 * fds.length);
    for (const [i, fd] of fds.entries()) this.put(data.slice(4 * i, 4), fd, 4);
    return memory;
  }
}

/** @throws on anything but four decimal bytes. */
export function ipv4Bytes(text: string): Uint8Array {
  const parts = text.split(".");
  const numbers = parts.map(Number);
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part)) || numbers.some((n) => n > 255))
    throw new Error(`"${text}" is no IPv4 address`);
  return Uint8Array.from(numbers);
}

/** @throws on anything but eight groups, one run of which may be "::". */
export function ipv6Bytes(text: string): Uint8Array {
  const halves = text.split("::");
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill("0"), ...tail];
  const compressed = halves.length === 2 ? missing >= 1 : missing === 0;
  if (halves.length > 2 || !compressed || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)))
    throw new Error(`"${text}" is no IPv6 address`);
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
