/** Frames between host and agent: the numbers of frames.h. */

export const protocolVersion = 4;
export const maxPayload = 64 << 20;

export const frame = {
  hello: 1,
  load: 2,
  unload: 3,
  run: 4,
  stats: 5,
  putFile: 6,
  getFile: 7,
  stop: 8,
  ping: 9,
  loadTest: 10,
  metrics: 11,
} as const;
export type Request = keyof typeof frame;

export const replyBit = 0x8000;
export const errorFrame = 0xffff;

export const errorKinds = ["malformed", "refused", "failed", "driver"] as const;

export interface Frame {
  readonly type: number;
  readonly id: number;
  readonly payload: Uint8Array;
}

const headerBytes = 8;

export function encodeFrame(type: number, id: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerBytes + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, id, true);
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Cuts a byte stream into frames. */
export class FrameSplitter {
  #chunks: Uint8Array[] = [];
  #have = 0;
  #need = headerBytes;

  /** @throws Error if the stream cannot be the agent's. */
  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return [];
    let rest = this.#join();
    const frames: Frame[] = [];
    for (;;) {
      const size = frameSize(rest);
      this.#need = size ?? headerBytes;
      if (size === null || rest.length < size) break;
      const view = new DataView(rest.buffer, rest.byteOffset);
      const payload = rest.slice(headerBytes, size);
      frames.push({ type: view.getUint16(4, true), id: view.getUint16(6, true), payload });
      rest = rest.subarray(size);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#have = rest.length;
    return frames;
  }

  /** Only when a frame is whole: a large reply comes in many chunks. */
  #join(): Uint8Array {
    const joined = new Uint8Array(this.#have);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }
}

function frameSize(bytes: Uint8Array): number | null {
  if (bytes.length < headerBytes) return null;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (size > maxPayload) throw new Error(`a frame of ${size} bytes`);
  return headerBytes + size;
}

/** Reads a payload. Every read past the end throws. */
export class PayloadReader {
  #view: DataView;
  #at = 0;

  constructor(private readonly payload: Uint8Array) {
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  }
  u32(): number {
    return this.#view.getUint32(this.#move(4), true);
  }
  i32(): number {
    return this.#view.getInt32(this.#move(4), true);
  }
  u64(): bigint {
    return this.#view.getBigUint64(this.#move(8), true);
  }
  i64(): bigint {
    return this.#view.getBigInt64(this.#move(8), true);
  }
  bytes(length: number): Uint8Array {
    const at = this.#move(length);
    return this.payload.slice(at, at + length);
  }
  sized(): Uint8Array {
    return this.bytes(this.u32());
  }
  string(): string {
    return new TextDecoder().decode(this.sized());
  }
  end(): void {
    if (this.#at !== this.payload.length)
      throw new RangeError(`${this.payload.length - this.#at} bytes too many in the agent's reply`);
  }
  #move(size: number): number {
    const at = this.#at;
    if (at + size > this.payload.length) throw new RangeError("the agent's reply is too short");
    this.#at += size;
    return at;
  }
}
