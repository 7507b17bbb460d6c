/** Addresses of the machine's network interfaces. */

export interface InterfaceAddress {
  readonly address: string;
  /** Of IPv4. */
  readonly netmask?: string;
}

export class Interfaces {
  readonly #list: InterfaceAddress[] = [];
  readonly #addresses = new Set<string>();
  /** The first 64 bits of IPv6 addresses. */
  readonly #prefixes = new Set<string>();

  add(added: InterfaceAddress): void {
    const { address } = added;
    this.#list.push(added);
    if (address.includes(":")) this.#prefixes.add(prefix(address));
    else this.#addresses.add(address);
  }

  /** An IPv6 address is local if it is in the network of an interface. */
  isLocal(address: string): boolean {
    return address.includes(":") ? this.#prefixes.has(prefix(address)) : this.#addresses.has(address);
  }

  /** The address from which the machine most likely talks to `peer`; undefined: it has none of that family. */
  localFor(peer: string): string | undefined {
    const isIpv6 = peer.includes(":");
    const family = this.#list.filter(({ address }) => address.includes(":") === isIpv6);
    const found =
      family.find(({ address }) => address === peer) ??
      family.find((one) => sameNetwork(one, peer)) ??
      family.find(({ address }) => address !== "127.0.0.1" && address !== "::1");
    return found?.address;
  }
}

function sameNetwork({ address, netmask }: InterfaceAddress, peer: string): boolean {
  if (address.includes(":")) return prefix(address) === prefix(peer);
  const mask = ipv4Bits(netmask ?? "255.255.255.255");
  return (ipv4Bits(address) & mask) === (ipv4Bits(peer) & mask);
}

const ipv4Bits = (address: string) =>
  address.split(".").reduce((bits, part) => (bits << 8) | Number(part), 0);

/** "fe80:0:0:0" of "fe80::1". */
function prefix(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const last = tail === "" ? [] : tail.split(":");
    while (groups.length + last.length < 8) groups.push("0");
    groups.push(...last);
  }
  return groups.slice(0, 4).join(":");
}
