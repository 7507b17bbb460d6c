/** Users' regular expressions, by RE2: linear in the text, whatever the pattern. JavaScript's engine never sees them. */
import { dlopen, type Pointer, ptr, FFIType as T } from "bun:ffi";
import { existsSync } from "node:fs";
import { buildPath } from "../../../harness/build/root.ts";
import { arch } from "../../scap/ffi.ts";
import { fixedBytes } from "../../scap/native.ts";

const signatures = {
  scapyard_re2_compile: { args: [T.ptr, T.u64, T.ptr, T.u64], returns: T.ptr },
  scapyard_re2_full_match: { args: [T.ptr, T.ptr, T.u64], returns: T.i32 },
  scapyard_re2_free: { args: [T.ptr], returns: T.void },
} as const;

type Library = ReturnType<typeof dlopen<typeof signatures>>["symbols"];
let library: Library | undefined;

/** Opened by the first pattern: most programs have none. @throws if it was not built. */
function re2(): Library {
  if (!library) {
    const path = buildPath(arch, "libscapyard-re2.so");
    if (!existsSync(path)) throw new Error(`${path} is missing: run ./scapyard setup`);
    library = dlopen(path, signatures).symbols;
  }
  return library;
}

const unused = new FinalizationRegistry<Pointer>((handle) => re2().scapyard_re2_free(handle));

/** Grows to the longest text that was matched. */
let scratch = Buffer.from(fixedBytes(4096).buffer);
let scratchAt = ptr(scratch);

/** @returns the number of bytes */
function write(text: string): number {
  // UTF-8 takes at most 3 bytes for a UTF-16 unit.
  if (text.length * 3 > scratch.length) {
    scratch = Buffer.from(fixedBytes(text.length * 3).buffer);
    scratchAt = ptr(scratch);
  }
  return scratch.write(text, "utf8");
}

/** A pattern that RE2 refuses; the message is RE2's. */
export class RegexError extends Error {
  override readonly name = "RegexError";
}

/** A pattern in POSIX syntax that a text matches as a whole. */
export class Regex {
  readonly #handle: Pointer;

  /** @throws {RegexError} */
  constructor(pattern: string) {
    const reason = fixedBytes(256);
    const handle = re2().scapyard_re2_compile(
      ptr(fixedPattern(pattern)),
      Buffer.byteLength(pattern),
      ptr(reason),
      reason.length,
    );
    if (!handle) throw new RegexError(Buffer.from(reason.subarray(0, reason.indexOf(0))).toString("utf8"));
    this.#handle = handle as Pointer;
    unused.register(this, this.#handle);
  }

  matches(text: string): boolean {
    const length = write(text); // may move the scratch
    return re2().scapyard_re2_full_match(this.#handle, scratchAt, length) !== 0;
  }
}

/** Never empty: there is no pointer to nothing. */
function fixedPattern(pattern: string): Uint8Array {
  const bytes = fixedBytes(Buffer.byteLength(pattern) + 1);
  Buffer.from(bytes.buffer).write(pattern, "utf8");
  return bytes;
}
