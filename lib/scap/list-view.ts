/** An array of structures of scap.h, with the texts that they point at. */
import { ipv4Text, ipv6Text } from "./address.ts";
import { text, texts } from "./text.ts";

export class ListView {
  readonly view: DataView;
  readonly #items: Uint8Array;
  readonly #texts: Uint8Array;

  constructor(items: Uint8Array, pool: Uint8Array) {
    this.#items = items;
    this.view = new DataView(items.buffer, items.byteOffset, items.length);
    this.#texts = pool;
  }

  /** The bytes of a `struct scap_text` at an offset; in place. */
  #textBytes(at: number): Uint8Array {
    const start = this.view.getUint32(at, true);
    return this.#texts.subarray(start, start + this.view.getUint32(at + 4, true));
  }

  text(at: number): string {
    return text(this.#textBytes(at));
  }

  /** NUL-separated strings. */
  texts(at: number): string[] {
    return texts(this.#textBytes(at));
  }

  /** An address in network order: IPv4 in the first four of 16 bytes. */
  address(at: number, version: 4 | 6): string {
    return version === 4
      ? ipv4Text(this.#items.subarray(at, at + 4))
      : ipv6Text(this.#items.subarray(at, at + 16));
  }
}
