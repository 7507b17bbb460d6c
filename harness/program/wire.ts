/** The binary form of a program: little-endian framing, memory contents in guest order. See agent/program.h. */
export const programMagic = 0x50594353;
export const programVersion = 1;

export const op = { call: 1, store: 2, until: 3 } as const;
export const outcomeCode = { ok: 0, any: 1, errno: 2 } as const;
/** `pid` and `ppid` are results that the agent writes itself: slots 0 and 1. */
export const valueKind = { constant: 0, slot: 1, load: 2, stack: 3, symbol: 4 } as const;
/** Of a load. */
export const loadFlag = { signed: 1, network: 2 } as const;
export const pidSlot = 0;
export const ppidSlot = 1;
export const firstSlot = 2;
export const noBlock = 0xffffffff;

/** A growing little-endian buffer. */
export class Wire {
  #bytes = new Uint8Array(1024);
  #length = 0;

  u8 = (value: number) => this.#int(BigInt(value), 1);
  u16 = (value: number) => this.#int(BigInt(value), 2);
  u32 = (value: number) => this.#int(BigInt(value), 4);
  u64 = (value: bigint | number) => this.#int(BigInt(value), 8);

  bytes(content: Uint8Array): this {
    this.#room(content.length);
    this.#bytes.set(content, this.#length);
    this.#length += content.length;
    return this;
  }
  /** u32 length, then the bytes. */
  sized(content: Uint8Array | string): this {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return this.u32(bytes.length).bytes(bytes);
  }
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #int(value: bigint, size: number): this {
    this.#room(size);
    let rest = BigInt.asUintN(size * 8, value);
    for (let i = 0; i < size; i++, rest >>= 8n) this.#bytes[this.#length++] = Number(rest & 0xffn);
    return this;
  }
  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#length + size));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
