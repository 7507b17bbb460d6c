import { EF, type EventInfo, events } from "#schema/events";
import type { ParamType } from "#schema/types";
import { decode, type Value } from "./decode.ts";
import { malformed } from "./error.ts";
import { kindBits, kindMask, places } from "./fixed.ts";
import { getI64, type Int, two32 } from "./int.ts";
import { integerKinds, integerSizes, kindOfType, kinds, maxParams, readInteger } from "./integers.ts";
import { knownText, type Slices } from "./known-texts.ts";
import { frame, record } from "./layout.ts";
import { nanosecondsOf, secondsOf } from "./split-time.ts";

const isText = (type: ParamType) => type === "CHARBUF" || type === "FSPATH" || type === "FSRELPATH";

/** By event code: 1 if its lengths have 32 bits instead of 16. */
const wide = Uint8Array.from(events, ({ flags }) => (flags & EF.LARGE_PAYLOAD ? 1 : 0));

/** From the beginning of a record. */
const tsAt = record.length + frame.ts;
const tidAt = record.length + frame.tid;
const typeAt = record.length + frame.type;
/** In units of 16 bits. */
const cpuWord = record.cpu / 2;
const fixedWord = record.fixed / 2;
const typeWord = typeAt / 2;
const countAt = record.length + frame.nparams;
const lengthsAt = record.length + frame.length;

/**
 * A view of one event in a batch. Nothing is decoded before it is asked for.
 *
 * Iterating moves one view from event to event: keep `event.copy()`, not the event.
 *
 * Its members are `private` instead of `#`, and its methods short: the engine inlines by the length of bytecode, which each #
 * name makes longer, and what it does not inline here takes longer to call than to do.
 */
export class ScapEvent {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  /** The same again, for what stands at even places in a record: the engine reads such a number once, a view's each time. */
  private readonly words: Uint16Array;
  /** The same bytes; its methods make strings without a view of their own. */
  private readonly buffer: Slices;
  private at: number;
  /** Where the first parameters begin, and behind the last of them, once somebody has asked for one of no fixed place. */
  private readonly starts = new Int32Array(maxParams + 1);
  private isLocated = false;
  /** Where locate() found a parameter. */
  private paramAt = 0;
  private paramLength = 0;

  /** @param bytes an arena of records; @param at offset of this event's record */
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.words = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) as Slices;
    this.at = at;
  }

  /** An event of its own from a frame: 26 bytes of header, lengths, parameters. */
  static from(frameBytes: Uint8Array, { cpu = 0, flags = 0 } = {}): ScapEvent {
    const size = (record.length + frameBytes.length + 7) & ~7;
    const bytes = new Uint8Array(size);
    const view = new DataView(bytes.buffer);
    view.setUint32(record.size, size, true);
    view.setUint16(record.cpu, cpu, true);
    view.setUint32(record.flags, flags, true);
    bytes.set(frameBytes, record.length);
    const event = new ScapEvent(bytes);
    event.checkFrame(frameBytes.length);
    return event;
  }

  /** Move to another record of the same arena. */
  moveTo(at: number): void {
    this.at = at;
    this.isLocated = false;
  }

  /** Bytes of this event's record. */
  get recordSize(): number {
    return this.view.getUint32(this.at, true);
  }

  get cpu(): number {
    return this.words[(this.at >> 1) + cpuWord]!;
  }

  /** Flags of the file format; bit 0: changes state, is not to be shown. */
  get flags(): number {
    return this.view.getUint32(this.at + record.flags, true);
  }

  /** The whole arena, and where in it this event's frame begins: for who reads a frame from end to end. */
  get arena(): Uint8Array {
    return this.bytes;
  }

  get arenaView(): DataView {
    return this.view;
  }

  get frameAt(): number {
    return this.at + record.length;
  }

  /** Nanoseconds since the epoch. */
  get ts(): bigint {
    return this.view.getBigUint64(this.at + tsAt, true);
  }

  /** `ts` as a number, exact to 256 ns: for sorting, differences and printing of coarse times. */
  get tsNumber(): number {
    const at = this.at + tsAt;
    return this.view.getUint32(at + 4, true) * 4294967296 + this.view.getUint32(at, true);
  }

  /** Whole seconds since the epoch. */
  get seconds(): number {
    const at = this.at + tsAt;
    return secondsOf(this.view.getUint32(at + 4, true), this.view.getUint32(at, true));
  }

  /** The nanoseconds behind the whole second: `ts` modulo 10^9. */
  get nanoseconds(): number {
    const at = this.at + tsAt;
    return nanosecondsOf(this.view.getUint32(at + 4, true), this.view.getUint32(at, true));
  }

  /** Thread id on the host; all ones for an event of no thread. */
  get tid(): bigint {
    return this.view.getBigUint64(this.at + tidAt, true);
  }

  /** `tid` as a signed number: −1 for an event of no thread. */
  get tidNumber(): number {
    const { view, at } = this;
    const low = view.getInt32(at + tidAt, true);
    // In 32 bits, as nearly all are, the engine has nothing to convert.
    return view.getInt32(at + tidAt + 4, true) === low >> 31 ? low : Number(getI64(view, at + tidAt));
  }

  /** Event code, PPME. */
  get type(): number {
    return this.words[(this.at >> 1) + typeWord]!;
  }

  get info(): EventInfo {
    return events[this.type]!;
  }

  /** Name of the syscall, tracepoint or meta event. */
  get name(): string {
    return this.info.name;
  }

  get nparams(): number {
    return this.view.getUint32(this.at + countAt, true);
  }

  /** Bytes of the frame. */
  get length(): number {
    return this.view.getUint32(this.at + record.length + frame.len, true);
  }

  /** The frame's bytes, in place. */
  get frame(): Uint8Array {
    return this.bytes.subarray(this.frameAt, this.frameAt + this.length);
  }

  /** The bytes of the whole record, in place. */
  get record(): Uint8Array {
    return this.bytes.subarray(this.at, this.at + this.recordSize);
  }

  /** The bytes of a parameter, in place. @throws if the event has no such parameter. */
  raw(index: number): Uint8Array {
    this.locate(index);
    return this.bytes.subarray(this.paramAt, this.paramAt + this.paramLength);
  }

  /** A parameter's value; null if it is empty. @throws {ScapError} if its bytes cannot be of its type. */
  param(index: number): Value {
    const param = this.info.params[index];
    if (!param) return this.raw(index).slice(); // a newer schema has appended one
    this.locate(index);
    if (isText(param.type) && this.paramLength > 0)
      return knownText(this.view, this.buffer, this.paramAt, this.textEnd());
    return decode(param, this.view, this.paramAt, this.paramLength);
  }

  /** The bytes of a text, or of texts, as Latin-1 characters, without the last NUL. "" if it is empty or missing. */
  latin1(index: number): string {
    if (!this.has(index)) return "";
    this.locate(index);
    return this.buffer.latin1Slice(this.paramAt, this.textEnd());
  }

  /** All bytes of a parameter as Latin-1 characters. "" if it is empty or missing. */
  bytesAsLatin1(index: number): string {
    if (!this.has(index)) return "";
    this.locate(index);
    return this.buffer.latin1Slice(this.paramAt, this.paramAt + this.paramLength);
  }

  /** Behind the parameter's text: before the NUL that ends it. */
  private textEnd(): number {
    const end = this.paramAt + this.paramLength;
    return this.bytes[end - 1] === 0 ? end - 1 : end;
  }

  /** Whether the event has that parameter, and it is not empty. */
  has(index: number): boolean {
    if (index < this.view.getUint16(this.at + record.fixed, true)) return index >= 0;
    return index >= 0 && index < this.nparams && this.lengthOf(index) > 0;
  }

  /**
   * The value of an integer parameter; 0 if it is empty or missing. The same as `param()`, in a fraction of the time.
   * @throws {ScapError} if its bytes cannot be of its type.
   */
  int(index: number): Int {
    const { view, words, at } = this;
    if (!(index >= 0 && index < words[(at >> 1) + fixedWord]!)) return this.intBehind(index);
    const place = places[words[(at >> 1) + typeWord]! * maxParams + index]!;
    return readInteger(place & kindMask, view, at + (place >> kindBits));
  }

  /**
   * An integer parameter as the nearest number: exact within ±2^53, beyond it where `int()` gives a bigint. 0 if it is empty
   * or missing. It calls nothing for the common kinds: that would take longer than reading them.
   * @throws {ScapError} if its bytes cannot be of its type.
   */
  number(index: number): number {
    const { view, words, at } = this;
    if (!(index >= 0 && index < words[(at >> 1) + fixedWord]!)) return Number(this.intBehind(index));
    const place = places[words[(at >> 1) + typeWord]! * maxParams + index]!;
    const value = at + (place >> kindBits);
    const kind = place & kindMask;
    if (kind === kinds.u32) return view.getUint32(value, true);
    if (kind >= kinds.u64) {
      const high = view.getInt32(value + 4, true);
      if (high === 0) return view.getUint32(value, true);
      return (kind === kinds.u64 ? high >>> 0 : high) * two32 + view.getUint32(value, true);
    }
    return Number(readInteger(kind, view, value));
  }

  /**
   * An integer of 64 bits whose place in the record is known (`offsetOf`), if it is one of 0 to 2^31−1, as nearly all are; −1:
   * ask `number()`. Short enough to be inlined, for what is read of nearly every event.
   */
  small(index: number, offset: number): number {
    const { view, at } = this;
    const isThere = index < view.getUint16(at + record.fixed, true);
    return isThere && view.getInt32(at + offset + 4, true) === 0 ? view.getInt32(at + offset, true) : -1;
  }

  /** Likewise, one of 32 bits. */
  small32(index: number, offset: number): number {
    const { view, at } = this;
    return index < view.getUint16(at + record.fixed, true) ? view.getInt32(at + offset, true) : -1;
  }

  /** Of a parameter that stands behind one of no fixed size: the lengths from that one on tell where. */
  private intBehind(index: number): Int {
    const { view, at } = this;
    const count = view.getUint32(at + countAt, true);
    if (!(index >= 0 && index < count)) return 0;
    const slot = view.getUint16(at + typeAt, true) * maxParams;
    const kind = integerKinds[slot + index]!;
    if (kind === 0 || index >= maxParams) return this.intSlowly(index);
    let i = view.getUint16(at + record.fixed, true);
    let own = at + lengthsAt + 2 * i;
    let value = i > 0 ? at + (places[slot + i]! >> kindBits) : own + 2 * count;
    for (; i < index; i++, own += 2) value += view.getUint16(own, true);
    return view.getUint16(own, true) === integerSizes[kind]
      ? readInteger(kind, view, value)
      : this.intSlowly(index);
  }

  /** Of an event with wide lengths; an empty one. */
  private intSlowly(index: number): Int {
    this.locate(index);
    if (this.paramLength === 0) return 0;
    const kind = kindOfType[this.info?.params[index]?.type ?? "NONE"] ?? 0;
    if (integerSizes[kind] === this.paramLength) return readInteger(kind, this.view, this.paramAt);
    const { name = `number ${index}`, type = "unknown" } = this.info?.params[index] ?? {};
    throw malformed(`parameter "${name}": ${this.paramLength} bytes of type ${type} are no integer`);
  }

  /**
   * A parameter's value by name; undefined if this event was recorded without it.
   * @throws if events of this type have no parameter of that name.
   */
  get(name: string): Value | undefined {
    const index = this.info.params.findIndex((param) => param.name === name);
    if (index < 0) {
      const names = this.info.params.map((param) => param.name).join(", ");
      throw new RangeError(`event ${this.name} has no parameter "${name}" (it has: ${names})`);
    }
    return index < this.nparams ? this.param(index) : undefined;
  }

  /** All parameters by name. */
  values(): Record<string, Value> {
    const count = Math.min(this.nparams, this.info.params.length);
    return Object.fromEntries(this.info.params.slice(0, count).map(({ name }, i) => [name, this.param(i)]));
  }

  /** The same event in memory of its own. */
  copy(): ScapEvent {
    return new ScapEvent(this.bytes.slice(this.at, this.at + this.recordSize));
  }

  private locate(index: number): void {
    const { nparams } = this;
    if (!(index >= 0 && index < nparams))
      throw new RangeError(`event ${this.name} has ${nparams} parameters; there is no number ${index}`);
    if (!this.isLocated) this.locateAll();
    if (index < maxParams) {
      this.paramAt = this.starts[index]!;
      this.paramLength = this.starts[index + 1]! - this.paramAt;
      return;
    }
    this.paramAt = this.starts[maxParams]!;
    for (let i = maxParams; i < index; i++) this.paramAt += this.lengthOf(i);
    this.paramLength = this.lengthOf(index);
  }

  private locateAll(): void {
    const { view, nparams, isWide, starts } = this;
    const count = Math.min(nparams, maxParams);
    let own = this.at + lengthsAt;
    let start = own + nparams * (isWide ? 4 : 2);
    starts[0] = start;
    for (let i = 1; i <= count; i++) {
      start += isWide ? view.getUint32(own, true) : view.getUint16(own, true);
      starts[i] = start;
      own += isWide ? 4 : 2;
    }
    this.isLocated = true;
  }

  private get isWide(): boolean {
    return wide[this.type] === 1;
  }

  private lengthOf(index: number): number {
    const lengths = this.at + lengthsAt;
    return this.isWide
      ? this.view.getUint32(lengths + 4 * index, true)
      : this.view.getUint16(lengths + 2 * index, true);
  }

  private checkFrame(size: number): void {
    if (size < frame.length || this.length !== size)
      throw malformed(
        `a frame of ${size} bytes says that it has ${size < frame.length ? "none" : this.length}`,
      );
    let end = frame.length + this.nparams * (this.isWide ? 4 : 2);
    for (let i = 0; i < this.nparams && end <= size; i++) end += this.lengthOf(i);
    if (end !== size) throw malformed(`the parameters of a frame of ${size} bytes do not fill it`);
  }
}
