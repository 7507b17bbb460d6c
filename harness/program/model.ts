/**
 * A syscall program as data: memory areas, and blocks of steps that one process or thread runs in order.
 * Built by `program()`, printed by `print()`, sent to the agent by `encode()`.
 */
import type { Arch } from "../run/target.ts";
import type { ErrnoName } from "./errno.ts";

export interface Program {
  readonly arch: Arch;
  /** Index = area id. */
  readonly areas: readonly Area[];
  readonly main: Block;
  /** The signal that the main process is expected to die of; 0 = it exits with `main.exit`. */
  readonly signal: number;
}

export type Area =
  /** `size` bytes that begin with `bytes`; the rest is zero. `bytes` has no trailing zeros. */
  | { readonly kind: "data"; readonly size: number; readonly align: number; readonly bytes: Uint8Array }
  /** Like data, but its last byte is the last before an inaccessible page. */
  | { readonly kind: "edge"; readonly size: number; readonly bytes: Uint8Array }
  /** One inaccessible page. */
  | { readonly kind: "hole" };

export interface Block {
  readonly steps: readonly Step[];
  /** Exit status when all steps are done. */
  readonly exit: number;
  /** A process ends by exit_group, a thread by exit. */
  readonly thread: boolean;
}

export type Step = CallStep | StoreStep | UntilStep;

export interface CallStep {
  readonly kind: "call";
  /** Unique in the program; results are stored by it. */
  readonly id: number;
  /** Name in the syscall table of the program's architecture, or of ia32 when `compat`. */
  readonly name: string;
  readonly compat: boolean;
  /** At most six. */
  readonly args: readonly Value[];
  readonly outcome: Outcome;
  /** What the new process or thread runs: set for exactly the calls that make one. */
  readonly block?: Block;
}

/** Put a value into memory, without a syscall. */
export interface StoreStep {
  readonly kind: "store";
  readonly area: number;
  readonly offset: number;
  readonly size: Width;
  /** Most significant byte first, whatever the machine does. */
  readonly network: boolean;
  readonly value: Value;
}

/** Wait, without a syscall, until memory has a value. */
export interface UntilStep {
  readonly kind: "until";
  readonly load: LoadRef;
  readonly equals: bigint;
}

/** `ok`: any result but -4095…-1. */
export type Outcome = "ok" | "any" | ErrnoName;

export type Width = 1 | 2 | 4 | 8;

export type Value = bigint | Ref;

export type Ref = ResultRef | AddressRef | LoadRef | PidRef | StackRef | SymbolRef;

/** What a call returned, plus a constant. */
export interface ResultRef {
  readonly kind: "result";
  readonly step: number;
  readonly add: bigint;
}
export interface AddressRef {
  readonly kind: "address";
  readonly area: number;
  readonly offset: number;
}
/** Memory at run time when used in a program; memory after the run when resolved on the host. */
export interface LoadRef {
  readonly kind: "load";
  readonly area: number;
  readonly offset: number;
  readonly size: Width;
  readonly signed: boolean;
  /** Most significant byte first, whatever the machine does. */
  readonly network: boolean;
}
/** The main process, or its parent (the agent). */
export interface PidRef {
  readonly kind: "pid" | "ppid";
}
/** The upper end of the stack of a block, named by the call that starts it, plus a constant. */
export interface StackRef {
  readonly kind: "stack";
  readonly step: number;
  readonly add: bigint;
}
/** Code of the executor: a signal handler that returns, and what it returns to. */
export interface SymbolRef {
  readonly kind: "symbol";
  readonly name: SymbolName;
}
export const symbolNames = ["handler", "restorer"] as const;
export type SymbolName = (typeof symbolNames)[number];

/** Memory after the run, as bytes: for the host only. `text` ends at the first NUL, exclusive. */
export interface BytesRef {
  readonly kind: "bytes";
  readonly area: number;
  readonly offset: number;
  readonly length: number;
  readonly text: boolean;
}

const refKinds: ReadonlySet<unknown> = new Set(
  "result address load pid ppid stack symbol bytes".split(" ") satisfies
    | (Ref | BytesRef)["kind"][]
    | string[],
);

export function isRef(value: unknown): value is Ref | BytesRef {
  return typeof value === "object" && value !== null && "kind" in value && refKinds.has(value.kind);
}

/** The calls that start a process or thread: each has a block. */
export const spawnCalls: readonly string[] = ["fork", "vfork", "clone", "clone3"];

/** Bytes: a whole number of pages on every kernel. What a case maps is as large, and placed so. */
export const largestPage = 0x10000;

export const limits = { args: 6, areas: 4096, arenaBytes: 16 << 20, steps: 4096, blocks: 64 } as const;

/** Each call of a program, blocks included, in program order. */
export function* calls(block: Block): Generator<CallStep> {
  for (const step of block.steps) {
    if (step.kind !== "call") continue;
    yield step;
    if (step.block) yield* calls(step.block);
  }
}

/** Whether a call goes through the 32-bit entry. */
export function usesCompat({ main }: Program): boolean {
  return calls(main).some(({ compat }) => compat);
}
