/** What all blocks of a program share: memory areas and step ids. */
import type { Arch } from "../run/target.ts";
import { Memory } from "./memory.ts";
import { type Area, largestPage, limits } from "./model.ts";

const encoder = new TextEncoder();

export class Pool {
  readonly areas: Area[] = [];
  /** The block whose function runs now: steps of another one would land in the wrong process. */
  active: object | null = null;
  #steps = 0;
  #hole: Memory | null = null;

  constructor(readonly arch: Arch) {}

  get stepCount(): number {
    return this.#steps;
  }
  nextStep(): number {
    if (this.#steps >= limits.steps) throw new Error(`a program has at most ${limits.steps} calls`);
    return this.#steps++;
  }

  data(content: Uint8Array, size = content.length, align = 8): Memory {
    if (align < 1 || (align & (align - 1)) !== 0 || align > largestPage)
      throw new RangeError(`alignment ${align} is no power of two up to ${largestPage}`);
    return this.#add({ kind: "data", size, align, bytes: trimmed(content) }, size);
  }
  /** Content whose next byte after the end cannot be accessed. */
  edge(content: Uint8Array): Memory {
    if (content.length > 4096) throw new RangeError("at most 4096 bytes fit before an unmapped page");
    return this.#add({ kind: "edge", size: content.length, bytes: trimmed(content) }, content.length);
  }
  /** An address that no access survives: one page serves the whole program. */
  hole(): Memory {
    this.#hole ??= this.#add({ kind: "hole" }, 4096);
    return this.#hole;
  }

  /** Change initial content. */
  fill(area: number, offset: number, content: Uint8Array): void {
    const old = this.areas[area];
    if (!old || old.kind === "hole") throw new Error("memory that cannot be accessed has no content");
    const bytes = new Uint8Array(old.size);
    bytes.set(old.bytes);
    bytes.set(content, offset);
    this.areas[area] = { ...old, bytes: trimmed(bytes) };
  }

  #add(area: Area, size: number): Memory {
    if (this.areas.length >= limits.areas) throw new Error(`a program has at most ${limits.areas} areas`);
    if (size > limits.arenaBytes) throw new RangeError(`${size} bytes exceed the program's memory`);
    this.areas.push(area);
    return new Memory(this.areas.length - 1, 0, size);
  }
}

/** Equal areas have equal data: zeros at the end are implied by the size. */
export function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.slice(0, end);
}

export function textBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encoder.encode(content) : content;
}
