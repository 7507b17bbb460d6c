/** Makes memory for programs: strings, buffers, structs. Base of every block. */
import { type Abi, abis, intBytes } from "./abi.ts";
import { alignUp, type Field } from "./layout.ts";
import { type Arg, type Memory, plainValue, type View } from "./memory.ts";
import type { Value, Width } from "./model.ts";
import { type Pool, textBytes } from "./pool.ts";
import { type StructArray, type StructName, type StructScalar, structLayout } from "./structs.ts";

export type Fields<N extends StructName> = { readonly [K in StructScalar<N>]?: Arg } & {
  readonly [K in StructArray<N>]?: Uint8Array;
};

export abstract class Areas {
  /** Decides pointer width, byte order and struct layouts: ia32 behind `p.ia32`. */
  readonly abi: Abi;

  protected constructor(protected readonly pool: Pool) {
    this.abi = abis[pool.arch];
  }

  /** Put a value into memory at this point of the program. */
  protected abstract emitStore(at: Memory, value: Value, size: Width, network: boolean): void;

  /** NUL-terminated. */
  string(text: string): Memory {
    const bytes = textBytes(text);
    return this.pool.data(bytes, bytes.length + 1);
  }
  bytes(content: string | Uint8Array): Memory {
    return this.pool.data(textBytes(content));
  }
  /** Zeroed. */
  buffer(size: number, align?: number): Memory {
    return this.pool.data(new Uint8Array(), size, align);
  }
  /** A page that can neither be read nor written. */
  get badPointer(): Memory {
    return this.pool.hole();
  }
  /** Content that ends at a page that can neither be read nor written. */
  acrossUnmapped(content: string | Uint8Array): Memory {
    return this.pool.edge(textBytes(content));
  }
  /** One integer in the machine's byte order. */
  int(value: Arg, size: Width = 4): Memory {
    const memory = this.buffer(size);
    this.put(memory, value, size);
    return memory;
  }
  /** A pointer array that ends with NULL, as argv and envp are. */
  pointers(items: readonly Arg[]): Memory {
    const width = this.abi.bits === 64 ? 8 : 4;
    const memory = this.buffer((items.length + 1) * width);
    for (const [i, item] of items.entries()) this.put(memory.slice(i * width, width), item, width);
    return memory;
  }

  struct<N extends StructName>(name: N, fields: Fields<N> = {} as Fields<N>): View<N> {
    return this.structAt(this.structs(name, [fields]), name);
  }
  /** An array of structs. */
  structs<N extends StructName>(name: N, items: readonly Fields<N>[]): Memory {
    const layout = structLayout(name, this.abi);
    const stride = alignUp(layout.size, layout.align);
    const memory = this.buffer(stride * items.length);
    for (const [i, fields] of items.entries())
      for (const [key, value] of Object.entries(fields) as [string, Arg | undefined][]) {
        const field = layout.fields.get(key);
        if (!field) throw new Error(`struct ${name} of ${this.abi.name} has no field "${key}"`);
        if (value !== undefined) this.setField(memory.slice(i * stride, layout.size), field, value);
      }
    return memory;
  }
  /** See existing memory as a struct. */
  structAt<N extends StructName>(memory: Memory, name: N): View<N> {
    const view: Record<string, unknown> = { memory };
    for (const field of structLayout(name, this.abi).fields.values())
      view[field.name] =
        field.count === undefined
          ? memory.load(field.offset, field.size, field.signed, field.network)
          : memory.bytes(field.offset, field.size * field.count);
    return view as View<N>;
  }

  private setField(memory: Memory, field: Field, value: Arg): void {
    if (!(value instanceof Uint8Array)) {
      this.put(memory.slice(field.offset, field.size), value, field.size, field.network);
      return;
    }
    const room = field.size * (field.count ?? 1);
    if (value.length > room) throw new RangeError(`${value.length} bytes do not fit in field ${field.name}`);
    this.pool.fill(memory.area, memory.offset + field.offset, value);
  }

  /** Strings and byte arrays become memory; the rest is checked. */
  protected value(arg: Arg): Value {
    if (typeof arg === "string") return this.string(arg).at();
    if (arg instanceof Uint8Array) return this.bytes(arg).at();
    return plainValue(arg);
  }

  /** Give fresh memory its content: a constant is there from the start, a ref is stored when it is known. */
  protected put(at: Memory, arg: Arg, size: Width, network = false): void {
    const value = this.value(arg);
    if (typeof value !== "bigint") this.emitStore(at, value, size, network);
    else this.pool.fill(at.area, at.offset, intBytes(value, size, network || this.abi.bigEndian));
  }
}
