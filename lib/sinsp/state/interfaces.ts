/** Addresses of the machine's network interfaces. */

export class Interfaces {
  readonly #addresses = new Set<string>();
  /** The first 64 bits of IPv6 addresses. */
  readonly #prefixes = new Set<string>();

  add(address: string): void {
    if (address.includes(":")) this.#prefixes.add(prefix(address));
    else this.#addresses.add(address);
  }

  /** An IPv6 address is local if it is in the network of an interface. */
  isLocal(address: string): boolean {
    return address.includes(":") ? this.#prefixes.has(prefix(address)) : this.#addresses.has(address);
  }
}

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
