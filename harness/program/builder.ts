/**
 * Builds a program: `program("x86_64", (p) => { const fd = p.openat(AT_FDCWD, "f", O_RDWR | O_CREAT, 0o600); … })`.
 * Each syscall of the schema is a method; its result is a ref, usable as an argument and in expectations.
 */
import type { Arch } from "../run/target.ts";
import type { BlockCore } from "./block.ts";
import { useArchitecture } from "./constants/per-architecture.ts";
import type { Arg } from "./memory.ts";
import type { Program, ResultRef } from "./model.ts";
import { type SyscallName, syscallNames } from "./numbers.ts";
import type { CallOptions } from "./options.ts";
import { Pool } from "./pool.ts";
import { ProcessBlock } from "./process.ts";
import type { Signatures } from "./signatures.ts";

/** Sugar of ProcessBlock wins over the plain call of the same name, which stays reachable by `call`. */
type Methods = {
  readonly [K in Exclude<SyscallName, keyof ProcessBlock>]: (
    ...args: K extends keyof Signatures ? [...Signatures[K], options?: CallOptions] : (Arg | CallOptions)[]
  ) => ResultRef;
};
export type BlockBuilder = ProcessBlock & Methods;

const methods = ProcessBlock.prototype as unknown as Record<string, unknown>;
for (const name of syscallNames) {
  if (name in methods) continue;
  methods[name] = function (this: BlockCore, ...args: (Arg | CallOptions)[]) {
    return this.call(name, ...args);
  };
}

/**
 * Run `build` to describe the main process, for one architecture.
 * @throws on an argument that no call can take, or on a limit of `model.ts`.
 */
export function program(arch: Arch, build: (p: BlockBuilder) => void): Program {
  useArchitecture(arch);
  const pool = new Pool(arch);
  const main = new ProcessBlock(
    pool,
    { pid: { kind: "pid" }, tid: { kind: "pid" }, ppid: { kind: "ppid" } },
    false,
  );
  build(main as BlockBuilder);
  return { arch, areas: pool.areas, main: main.finish(), signal: main.deathSignal };
}
