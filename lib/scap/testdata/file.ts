/**
 * Files of all ages and byte orders, made by hand: nothing here comes from libscap or from the schema, so that a
 * mistake there cannot hide here.
 */
type Part = Uint8Array;

/** Integers in one byte order. */
export class Order {
  readonly #little: boolean;

  constructor(order: "little" | "big") {
    this.#little = order === "little";
  }

  #int(size: number, set: (view: DataView) => void): Part {
    const bytes = new Uint8Array(size);
    set(new DataView(bytes.buffer));
    return bytes;
  }

  u8 = (...values: number[]): Part => Uint8Array.from(values);
  u16 = (...values: number[]): Part =>
    join(values.map((value) => this.#int(2, (view) => view.setUint16(0, value, this.#little))));
  u32 = (...values: number[]): Part =>
    join(values.map((value) => this.#int(4, (view) => view.setUint32(0, value, this.#little))));
  u64 = (...values: (number | bigint)[]): Part =>
    join(values.map((value) => this.#int(8, (view) => view.setBigInt64(0, BigInt(value), this.#little))));
  str = (text: string): Part => join([this.u16(Buffer.byteLength(text)), Buffer.from(text)]);

  /** A list entry behind its length, which counts itself. */
  sized = (...parts: Part[]): Part => {
    const body = join(parts);
    return join([this.u32(body.length + 4), body]);
  };

  block(type: number, ...parts: Part[]): Part {
    const body = join(parts);
    const padding = new Uint8Array(-body.length & 3);
    const total = this.u32(12 + body.length + padding.length);
    return join([this.u32(type), total, body, padding, total]);
  }

  section(...options: Part[]): Part {
    return this.block(0x0a0d0d0a, this.u32(0x1a2b3c4d), this.u16(1, 2), this.u64(-1), ...options);
  }

  /** The body of an event block behind CPU (and flags), with u16 lengths; `version` 1 has no count. */
  event(version: 1 | 2, type: number, params: readonly Part[], ts = 1000): Part {
    const data = join([this.u16(...params.map((param) => param.length)), ...params]);
    const header = version === 1 ? 22 : 26;
    const count = version === 1 ? [] : [this.u32(params.length)];
    return join([this.u64(ts, 7), this.u32(header + data.length), this.u16(type), ...count, data]);
  }
}

export function join(parts: readonly Part[]): Part {
  return new Uint8Array(Buffer.concat(parts));
}
