/** Text of an IP address to its bytes in network order. */

/** @throws {RangeError} if it is no address of that version. */
export function addressBytes(text: string, version: 4 | 6): Uint8Array {
  const bytes = version === 4 ? ipv4Bytes(text) : ipv6Bytes(text);
  if (!bytes) throw new RangeError(`"${text}" is no IPv${version} address`);
  return bytes;
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return Uint8Array.from(parts, Number);
}

/** Groups of hexadecimal digits, one run of zero groups left out as "::"; the last two may be written as IPv4. */
function ipv6Bytes(text: string): Uint8Array | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = dotted ? ipv4Bytes(dotted[2]!) : new Uint8Array(0);
  if (!tail) return null;
  const [head, rest, more] = (dotted ? `${dotted[1]}0:0` : text).split("::");
  if (more !== undefined) return null;
  const left = groups(head!);
  const right = rest === undefined ? [] : groups(rest);
  const missing = 8 - left.length - right.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...left, ...Array<number>(missing).fill(0), ...right];
  if (all.some(Number.isNaN)) return null;
  const bytes = Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

function groups(text: string): number[] {
  if (text === "") return [];
  return text
    .split(":")
    .map((part) => (/^[0-9a-fA-F]{1,4}$/.test(part) ? Number.parseInt(part, 16) : Number.NaN));
}
