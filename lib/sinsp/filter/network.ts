/** Addresses and networks, as text and as bytes. */
import { ipv4Text, ipv6Text } from "../../scap/address.ts";

/** 4 or 16 bytes; undefined if the text is no address. */
export function addressBytes(text: string): Uint8Array | undefined {
  return text.includes(":") ? ipv6Bytes(text) : ipv4Bytes(text);
}

/** The one way in which fields write that address. */
export function canonicalAddress(text: string): string | undefined {
  const bytes = addressBytes(text);
  return bytes && (bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes));
}

function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  const good = parts.length === 4 && parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256);
  return good ? Uint8Array.from(parts, Number) : undefined;
}

function ipv6Bytes(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0]!), groups(halves[1] ?? "")];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

/** 16-bit groups; the last two may be written as an IPv4 address. */
function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const last = parts.at(-1)!;
  const ipv4 = last.includes(".") ? ipv4Bytes(last) : undefined;
  if (ipv4) parts.splice(-1, 1, ...[0, 2].map((at) => ((ipv4[at]! << 8) | ipv4[at + 1]!).toString(16)));
  const good = parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part));
  return good ? parts.map((part) => Number.parseInt(part, 16)) : undefined;
}

/** `10.0.0.0/8`, `fe80::/10`: the addresses with the same first bits. */
export class Network {
  readonly #bytes: Uint8Array;
  readonly #bits: number;

  private constructor(bytes: Uint8Array, bits: number) {
    this.#bytes = bytes;
    this.#bits = bits;
  }

  static parse(text: string): Network | undefined {
    const slash = text.lastIndexOf("/");
    if (slash < 0 || !/^[0-9]{1,3}$/.test(text.slice(slash + 1))) return undefined;
    const bytes = addressBytes(text.slice(0, slash));
    const bits = Number(text.slice(slash + 1));
    return bytes && bits <= bytes.length * 8 ? new Network(bytes, bits) : undefined;
  }

  /** An address of the other family is outside. */
  has(address: string): boolean {
    const bytes = addressBytes(address);
    if (bytes?.length !== this.#bytes.length) return false;
    const whole = this.#bits >> 3;
    for (let at = 0; at < whole; at++) if (bytes[at] !== this.#bytes[at]) return false;
    const mask = (0xff00 >> (this.#bits & 7)) & 255;
    return mask === 0 || (bytes[whole]! & mask) === (this.#bytes[whole]! & mask);
  }
}
