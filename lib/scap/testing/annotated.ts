/**
 * Bytes with a note on each field, in one byte order. Files of the format are made of it from its description alone: neither
 * code nor constants of libscap or of the schema are used here, so that a mistake there cannot hide here.
 */
export type ByteOrder = "little" | "big";

interface Field {
  readonly bytes: Uint8Array;
  readonly note: string;
}

export class Annotated {
  readonly order: ByteOrder;
  readonly fields: Field[] = [];

  constructor(order: ByteOrder) {
    this.order = order;
  }

  get length(): number {
    return this.fields.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.fields.map(({ bytes }) => bytes)));
  }

  raw(note: string, bytes: Uint8Array): this {
    this.fields.push({ bytes, note });
    return this;
  }

  /** An integer; negative ones in two's complement. */
  #int(size: number, note: string, value: number | bigint): this {
    const unsigned = BigInt.asUintN(8 * size, BigInt(value));
    const bytes = Uint8Array.from({ length: size }, (_, i) => Number((unsigned >> BigInt(8 * i)) & 0xffn));
    return this.raw(`${note} = ${value}`, this.order === "big" ? bytes.reverse() : bytes);
  }

  u8 = (note: string, value: number) => this.#int(1, note, value);
  u16 = (note: string, value: number) => this.#int(2, note, value);
  u32 = (note: string, value: number) => this.#int(4, note, value);
  u64 = (note: string, value: number | bigint) => this.#int(8, note, value);
  i64 = this.u64;

  /** A number that people know by its digits. */
  hex32(note: string, value: number): this {
    this.#int(4, note, value);
    const field = this.fields.pop()!;
    return this.raw(`${note} = 0x${value.toString(16)}`, field.bytes);
  }

  /** u16 length, then the bytes without a NUL. */
  str(note: string, text: string): this {
    const bytes = Buffer.from(text);
    this.u16(`${note}: length`, bytes.length);
    return bytes.length > 0 ? this.raw(`${note} = ${JSON.stringify(text)}`, bytes) : this;
  }

  /** What another one of the same order holds. */
  add(other: Annotated): this {
    this.fields.push(...other.fields);
    return this;
  }

  /** Something of the same order, to be added later. */
  part(): Annotated {
    return new Annotated(this.order);
  }

  /** One line a field (long fields take more): offset, hexadecimal bytes, note. */
  toString(): string {
    let at = 0;
    const lines: string[] = [];
    for (const { bytes, note } of this.fields)
      for (let i = 0; i < bytes.length; i += 16) {
        const row = Array.from(bytes.subarray(i, i + 16), (byte) => byte.toString(16).padStart(2, "0"));
        lines.push(
          `${at.toString(16).padStart(4, "0")}  ${row.join(" ").padEnd(47)}  ${i === 0 ? note : ""}`.trimEnd(),
        );
        at += row.length;
      }
    return `${lines.join("\n")}\n`;
  }
}

/** The bytes of such a text: what stands between offset and note. */
export function parseAnnotated(text: string): Uint8Array {
  const rows = [...text.matchAll(/^[0-9a-f]{4} {2}((?:[0-9a-f]{2} ?){1,16})(?: |$)/gm)];
  return Uint8Array.from(
    rows.flatMap(([, hex]) => hex!.trim().split(" ")).map((byte) => Number.parseInt(byte, 16)),
  );
}
