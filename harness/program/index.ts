/** Syscall programs: build, print, parse, encode, and read what a run left behind. */
export { plus } from "./block.ts";
export { type BlockBuilder, program } from "./builder.ts";
export * from "./constants.ts";
export { encode } from "./encode.ts";
export { type Arg, Memory, type View } from "./memory.ts";
export {
  type BytesRef,
  isRef,
  type LoadRef,
  largestPage,
  type Program,
  type Ref,
  type ResultRef,
} from "./model.ts";
export type { SyscallName } from "./numbers.ts";
export type { CallOptions } from "./options.ts";
export { parse } from "./parse.ts";
export { print, printCall } from "./print.ts";
export type { Filled, Thread } from "./process.ts";
export { type Resolve, type RunFacts, resolver } from "./resolve.ts";
