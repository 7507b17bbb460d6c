import { type Pointer, ptr, toArrayBuffer } from "bun:ffi";
import type { ScapBatch } from "./batch.ts";
import { ScapError, Status } from "./error.ts";
import type { ScapEvent } from "./event.ts";
import { libscap } from "./ffi.ts";
import { type MachineInfo, machineInfoBytes } from "./machine.ts";
import { cString, fixedBytes, openHandle, ownCopy } from "./native.ts";

export interface WriterOptions {
  /** A file ("-": standard output); in memory if absent. */
  readonly path?: string;
  readonly gzip?: boolean;
}

const SCAP_WRITE_GZIP = 1;

/**
 * Writes a capture: `using writer = ScapWriter.open({ path })`. Disposing of it finishes the file; call close() instead
 * to hear that the last bytes could not be written.
 */
export class ScapWriter implements Disposable {
  #handle: Pointer | null;

  private constructor(handle: Pointer) {
    this.#handle = handle;
  }

  /** @throws {ScapError} if the file cannot be created. */
  static open({ path, gzip = false }: WriterOptions = {}): ScapWriter {
    const { scap_writer_open_file, scap_writer_open_memory } = libscap();
    const flags = gzip ? SCAP_WRITE_GZIP : 0;
    if (path === undefined)
      return new ScapWriter(openHandle((out, err) => scap_writer_open_memory(flags, out, err)));
    const name = cString(path);
    return new ScapWriter(openHandle((out, err) => scap_writer_open_file(ptr(name), flags, out, err)));
  }

  /** Must come before the first event. */
  machineInfo(info: MachineInfo): void {
    this.#check(libscap().scap_writer_machine_info(this.#open, ptr(machineInfoBytes(info))));
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
