/** For tests: a whole schema in a few lines, to be broken in one place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const miniSchema: Readonly<Record<string, string>> = {
  "version.yaml": "version: 1.0.0\n",
  "types.yaml": `types:
  NONE: {code: 0, size: 0, format: NA, is: nothing}
  FD: {code: 1, size: 8, format: DEC, is: descriptor}
  PATH: {code: 2, size: var, format: NA, takes: dirfd, is: text}
  FLAGS8: {code: 3, size: 1, format: HEX, takes: table, is: bits}
  DYN: {code: 4, size: var, format: DEC, takes: variants, is: tagged}
formats: {NA: 0, DEC: 1, HEX: 2}
categories: {OTHER: 1}
sources: {SYSCALL: 512, TRACEPOINT: 1024}
event_flags: {USES_FD: 4}
dynamic:
  either:
    0: FD
    1: FD HEX
`,
  "events/all.yaml": `GENERIC:
  code: 0
  name: syscall
  category: OTHER
  exit:
    id: FD
OPEN:
  code: 2
  name: open
  category: OTHER
  flags: [USES_FD]
  exit:
    fd: FD
    path: PATH fd
    flags: FLAGS8 bits
    other: DYN either
`,
  "flags/all.yaml": "bits:\n  values:\n    A: 1\n    B: 0x80\n",
  "constants.yaml": "PPM_OTHER: 5\n",
  "syscalls/all.yaml": `getpid: {sc: 1, nr: {x86_64: 39, generic: 172}, ia32: 20}
open: {sc: 2, event: OPEN, nr: 500, sends_enter: true, filler: open}
`,
  "syscalls/tracepoints.yaml": "switch: {sc: 3, event: OPEN}\n",
  "kernel/all.yaml": "A: 1\nB: {aarch64: 2, else: 4}\n",
  "losses.yaml": "open: [OPEN_X]\n",
  "flagmaps/all.yaml": "map:\n  returns: u8\n  bits: [A, B]\n",
};

/** A directory with the mini schema, `file` of which has `from` replaced by `to`; gone when disposed. */
export function miniSchemaDir(file?: string, from = "", to = ""): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "schema-"));
  for (const [name, text] of Object.entries(miniSchema)) {
    if (name === file && !text.includes(from)) throw new Error(`${from} is not in ${file}`);
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), name === file ? text.replace(from, to) : text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}
