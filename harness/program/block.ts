/** One process's or thread's part of a program: its steps, in order. */
import { abis } from "./abi.ts";
import type { BlockBuilder } from "./builder.ts";
import type { Arg, Memory } from "./memory.ts";
import {
  type Block,
  type LoadRef,
  limits,
  type Ref,
  type ResultRef,
  type StackRef,
  type Step,
  type SymbolName,
  type SymbolRef,
  spawnCalls,
  type Value,
  type Width,
} from "./model.ts";
import { NetAreas } from "./net.ts";
import { missingSyscall, NotOnArchitecture, type SyscallName } from "./numbers.ts";
import { type CallOptions, isOptions, outcomeOf } from "./options.ts";
import type { Pool } from "./pool.ts";
import { portable } from "./portable.ts";

/** Who a block is, as host-side facts: inside a fresh child its own pid is known to the parent first. */
export interface Identity {
  readonly pid: Ref;
  readonly tid: Ref;
  readonly ppid: Ref;
}

export abstract class BlockCore extends NetAreas {
  private readonly steps: Step[] = [];
  private readonly end = { exit: 0, signal: 0 };

  constructor(
    pool: Pool,
    private readonly identity: Identity,
    private readonly isThread: boolean,
  ) {
    super(pool);
    pool.active = this.steps;
  }

  get pid(): Ref {
    return this.identity.pid;
  }
  get tid(): Ref {
    return this.identity.tid;
  }
  get ppid(): Ref {
    return this.identity.ppid;
  }

  /** The same block with 32-bit calls and struct layouts. x86_64 only. */
  get ia32(): BlockBuilder {
    if (this.pool.arch !== "x86_64")
      throw new NotOnArchitecture(`${this.pool.arch} programs make no ia32 calls`);
    return Object.create(this, { abi: { value: abis.ia32 } }) as BlockBuilder;
  }

  /** The same block with the architecture's own calls. */
  protected get native(): BlockBuilder {
    return Object.create(this, { abi: { value: abis[this.pool.arch] } }) as BlockBuilder;
  }

  /**
   * Any syscall by name; where the architecture does not have it, one with the same effect. @throws NotOnArchitecture if there is none.
   * `options`, if given, comes last: `p.call("close", -1, { errno: "EBADF" })`. */
  call(name: SyscallName, ...args: (Arg | CallOptions)[]): ResultRef {
    const last = args.at(-1);
    const options = isOptions(last) ? last : {};
    const values = (last === options ? args.slice(0, -1) : args) as Arg[];
    const call = portable({ name, args: values.map((arg) => this.value(arg)) }, this);
    if (!call) throw missingSyscall(name, this.abi.name);
    return this.addCall(call.name, call.args, options);
  }

  /** A value that changes at this point of the program, without a syscall. */
  store(at: Memory, value: Arg, size: Width = at.size as Width): void {
    this.emitStore(at, this.value(value), size, false);
  }

  /** Wait, without a syscall, until memory has a value: another process or thread must put it there. */
  until(load: LoadRef, equals: number | bigint): void {
    this.add({ kind: "until", load, equals: BigInt(equals) });
  }

  /** Exit status at the end of this block. */
  exit(status: number): void {
    if (!Number.isInteger(status) || status < 0 || status > 255)
      throw new RangeError(`exit status ${status} is not in 0…255`);
    this.end.exit = status;
  }

  /** The main process must die of this signal instead of exiting. */
  expectSignal(signal: number): void {
    this.end.signal = signal;
  }

  /** Code in the executor: a signal handler that does nothing, and the restorer it returns to. */
  symbol(name: SymbolName): SymbolRef {
    return { kind: "symbol", name };
  }

  finish(): Block {
    return { steps: this.steps, exit: this.end.exit, thread: this.isThread };
  }
  get deathSignal(): number {
    return this.end.signal;
  }

  protected emitStore(at: Memory, value: Value, size: Width, network: boolean): void {
    if (size > at.size) throw new RangeError(`a store of ${size} bytes does not fit in ${at.size}`);
    this.add({ kind: "store", area: at.area, offset: at.offset, size, network, value });
  }

  private addCall(name: string, args: readonly Value[], options: CallOptions): ResultRef {
    if (args.length > limits.args)
      throw new Error(`${name}: a syscall takes at most ${limits.args} arguments`);
    const id = this.pool.nextStep();
    const block = spawnCalls.includes(name) ? { block: this.child(id, options) } : {};
    // The executor starts processes by native calls only; their own calls are of this block's kind again.
    const compat = this.abi.name === "ia32" && !block.block;
    if (!block.block && (options.child || options.thread)) throw new Error(`${name} starts no process`);
    this.add({ kind: "call", id, name, compat, args, outcome: outcomeOf(options), ...block });
    return { kind: "result", step: id, add: 0n };
  }

  protected abstract newBlock(identity: Identity, thread: boolean): BlockBuilder;

  /** The own stack of the child that the next call starts: its upper end. */
  protected nextStack(): StackRef {
    return { kind: "stack", step: this.pool.stepCount, add: 0n };
  }

  private child(step: number, options: CallOptions): Block {
    const tid: ResultRef = { kind: "result", step, add: 0n };
    const thread = options.thread === true;
    const identity = thread ? { ...this.identity, tid } : { pid: tid, tid, ppid: this.pid };
    const child = this.newBlock(identity, thread);
    options.child?.(child);
    this.pool.active = this.steps;
    return child.finish();
  }

  private add(step: Step): void {
    if (this.pool.active !== this.steps)
      throw new Error(
        "this block is not the one being built: use the builder that the child's function gets",
      );
    this.steps.push(step);
  }
}

/** A result plus a constant, such as an address inside a new mapping. */
export function plus(ref: ResultRef, add: number | bigint): ResultRef {
  return { ...ref, add: ref.add + BigInt(add) };
}
