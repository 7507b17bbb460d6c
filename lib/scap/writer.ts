import { CString, type Pointer, ptr, toArrayBuffer } from "bun:ffi";
import type { ScapBatch } from "./batch.ts";
import { ScapError, Status } from "./error.ts";
import type { ScapEvent } from "./event.ts";
import { libscap } from "./ffi.ts";
import type { ScapHandle } from "./handle.ts";
import { type Lists, type PackedLists, packLists } from "./lists.ts";
import { type MachineInfo, machineInfoBytes } from "./machine.ts";
import { cString, fixedBytes, openHandle, ownCopy } from "./native.ts";
import { rotationBytes, type WriterOptions, writerFlags } from "./writer-options.ts";

export interface WriterInfo {
  /** Bytes of this file before compression. */
  readonly bytes: number;
  /** Events of this file. */
  readonly events: number;
  readonly totalEvents: number;
  /** Files begun so far. */
  readonly files: number;
  /** Of this file; null for memory and descriptors. */
  readonly path: string | null;
}

/**
 * Writes a capture: `using writer = ScapWriter.open({ path })`. Disposing of it finishes the file; call close() instead
 * to hear that the last bytes could not be written.
 */
export class ScapWriter implements Disposable {
  #handle: Pointer | null;
  /** Where C looks during a call: not to be collected meanwhile. */
  #lent: PackedLists | null = null;

  private constructor(handle: Pointer) {
    this.#handle = handle;
  }

  /** @throws {ScapError} if the file cannot be created. */
  static open(options: WriterOptions = {}): ScapWriter {
    const c = libscap();
    const flags = writerFlags(options);
    const { path, fd, rotation } = options;
    if (fd !== undefined)
      return new ScapWriter(openHandle((out, err) => c.scap_writer_open_fd(fd, flags, out, err)));
    if (path === undefined)
      return new ScapWriter(openHandle((out, err) => c.scap_writer_open_memory(flags, out, err)));
    const name = cString(path);
    if (!rotation)
      return new ScapWriter(openHandle((out, err) => c.scap_writer_open_file(ptr(name), flags, out, err)));
    const limits = rotationBytes(rotation);
    return new ScapWriter(
      openHandle((out, err) => c.scap_writer_open_rotating(ptr(name), flags, ptr(limits), out, err)),
    );
  }

  /** Must come before the first event of the section. */
  machineInfo(info: MachineInfo): void {
    this.#check(libscap().scap_writer_machine_info(this.#open, ptr(machineInfoBytes(info))));
  }

  /** Must come before the first event of the section. @throws {ScapError} for a list that cannot be written. */
  lists(lists: Lists): void {
    this.#lent = packLists(lists);
    const status = libscap().scap_writer_lists(this.#open, ptr(this.#lent.struct));
    this.#lent = null;
    this.#check(status);
  }

  /** Machine info and lists, byte for byte: of the section that a reader is in, or of the last scan() of a live capture. */
  copyState(from: ScapHandle): void {
    const machine = from.machineInfo();
    if (machine) this.machineInfo(machine);
    this.#check(libscap().scap_writer_lists(this.#open, ptr(from.packedLists())));
  }

  /** Another section in the same file: machine info and lists may come again. */
  section(): void {
    this.#check(libscap().scap_writer_section(this.#open));
  }

  /**
   * Whether this event would begin a new file. The new file repeats the machine info and lists of the former one; a caller
   * who has the state of the moment calls rotate() and gives that instead.
   */
  due(event: ScapEvent): boolean {
    return libscap().scap_writer_due(this.#open, event.ts, event.length) !== 0;
  }

  /** Finish the file and begin the next one. @throws {ScapError} without `rotation`. */
  rotate(): void {
    this.#check(libscap().scap_writer_rotate(this.#open));
  }

  info(): WriterInfo {
    const bytes = fixedBytes(40);
    this.#check(libscap().scap_writer_get_info(this.#open, ptr(bytes)));
    const view = new DataView(bytes.buffer);
    const [size, events, totalEvents, path] = [0, 8, 16, 32].map((at) => Number(view.getBigUint64(at, true)));
    return {
      bytes: size!,
      events: events!,
      totalEvents: totalEvents!,
      files: view.getUint32(24, true),
      path: path ? String(new CString(path as Pointer)) : null,
    };
  }

  /** A frame as buildEvent() makes it. @throws {ScapError} if its lengths contradict each other. */
  frame(bytes: Uint8Array, { cpu = 0, flags = 0 } = {}): void {
    const length = bytes.length < 20 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(16, true);
    if (length !== bytes.length)
      // C believes the length that stands in the frame
      throw new ScapError(3, `a frame of ${bytes.length} bytes says that it has ${length}`);
    this.#check(libscap().scap_writer_event(this.#open, ptr(ownCopy(bytes)), cpu, flags));
  }

  event(event: ScapEvent): void {
    this.frame(event.frame, event);
  }

  batch({ bytes, used }: ScapBatch): void {
    this.#check(libscap().scap_writer_batch(this.#open, ptr(bytes), used));
  }

  flush(): void {
    this.#check(libscap().scap_writer_flush(this.#open));
  }

  /** Writers in memory: a copy of the capture so far, complete as a file. */
  bytes(): Uint8Array {
    const out = fixedBytes(16);
    this.#check(libscap().scap_writer_memory(this.#open, ptr(out), ptr(out, 8)));
    const view = new DataView(out.buffer);
    const at = Number(view.getBigUint64(0, true)) as Pointer;
    return new Uint8Array(toArrayBuffer(at, 0, Number(view.getBigUint64(8, true)))).slice();
  }

  /** Finish the file. @throws {ScapError} if not all of it could be written. */
  close(): void {
    const handle = this.#handle;
    if (handle === null) return;
    this.#handle = null;
    const { scap_writer_flush, scap_writer_last_error, scap_writer_close } = libscap();
    const flushed = scap_writer_flush(handle);
    const text =
      flushed === Status.OK
        ? "the end of the file could not be written"
        : String(scap_writer_last_error(handle));
    const status = scap_writer_close(handle);
    if (status !== Status.OK) throw new ScapError(status, text);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get #open(): Pointer {
    if (this.#handle === null) throw new Error("the writer is closed");
    return this.#handle;
  }

  #check(status: number): void {
    if (status !== Status.OK)
      throw new ScapError(status, String(libscap().scap_writer_last_error(this.#open)));
  }
}
