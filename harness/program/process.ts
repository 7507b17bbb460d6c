/** Processes, threads, signals, and calls whose output is worth a name. */
import { BlockCore, type Identity } from "./block.ts";
import type { BlockBuilder } from "./builder.ts";
import {
  AF_UNIX,
  CLONE_THREAD_FLAGS,
  CLONE_VFORK,
  CLONE_VM,
  SA_RESTORER,
  SIGCHLD,
  SOCK_STREAM,
} from "./constants.ts";
import type { Arg, Memory, View } from "./memory.ts";
import type { LoadRef, ResultRef, StackRef } from "./model.ts";
import { isSyscall, NotOnArchitecture } from "./numbers.ts";
import type { CallOptions } from "./options.ts";
import type { StructName } from "./structs.ts";

export interface ForkOptions extends Pick<CallOptions, "errno" | "any"> {
  /** Default: fork. Where the architecture has neither fork nor vfork, these are a clone. */
  readonly via?: "fork" | "vfork" | "clone" | "clone3";
  /** CLONE_*, for clone and clone3. */
  readonly flags?: number | bigint;
}

export interface Thread {
  readonly tid: ResultRef;
  /** The word that the kernel clears when the thread is gone. */
  readonly word: Memory;
}

/** A call's result beside the struct that it filled. */
export type Filled<N extends StructName> = { readonly result: ResultRef } & View<N>;

export class ProcessBlock extends BlockCore {
  /** A child process that runs `body` and exits. Returns its pid as the parent sees it. */
  fork(body: (child: BlockBuilder) => void, options: ForkOptions = {}): ResultRef {
    const { via: wanted = "fork", flags = 0, ...outcome } = options;
    const child: CallOptions = { ...outcome, child: body };
    const via = isSyscall(wanted, this.pool.arch) ? wanted : "clone";
    const implied = wanted === "vfork" && via === "clone" ? CLONE_VM | CLONE_VFORK : 0;
    const flagBits = BigInt(flags) | BigInt(implied);
    if (via === "clone")
      return this.call("clone", ...this.cloneArgs({ flags: flagBits | BigInt(SIGCHLD) }), child);
    if (via === "clone3") {
      const args = this.struct("clone_args", { flags: flagBits, exit_signal: SIGCHLD });
      return this.call("clone3", args, args.memory.size, child);
    }
    if (flagBits !== 0n) throw new Error(`${via} takes no flags; use clone`);
    return this.call(via, child);
  }

  /** A thread that runs `body` on a stack of its own. */
  thread(body: (child: BlockBuilder) => void, options: { flags?: number | bigint } = {}): Thread {
    const word = this.int(1);
    const flags = BigInt(CLONE_THREAD_FLAGS) | BigInt(options.flags ?? 0);
    const args = this.cloneArgs({ flags, stack: this.nextStack(), clearTid: word });
    return { tid: this.call("clone", ...args, { child: body, thread: true }), word };
  }
  /** Wait for a thread's end without a syscall. */
  join(thread: Thread): void {
    this.until(thread.word.u32(), 0);
  }

  /** wait4 for one child; `status` is the wait status. */
  wait(pid: Arg, options: Arg = 0): { readonly result: ResultRef; readonly status: LoadRef } {
    const status = this.buffer(4);
    return { result: this.call("wait4", pid, status, options, 0), status: status.i32() };
  }

  /** Handle a signal by doing nothing, instead of dying of it. A handler set by a 32-bit call would run as 32-bit code. */
  ignoreBySigaction(signal: Arg, flags: number | bigint = 0): ResultRef {
    if (this.abi.name === "ia32") return this.native.ignoreBySigaction(signal, flags);
    // x86's kernel has no code to return from handlers by; the others' is right for all kinds of frames.
    const restorer = this.pool.arch === "x86_64" ? this.symbol("restorer") : null;
    const own = restorer ? { flags: BigInt(flags) | BigInt(SA_RESTORER), restorer } : { flags };
    const fields = { handler: this.symbol("handler"), ...own };
    return this.call("rt_sigaction", signal, this.struct("sigaction", fields), null, 8);
  }

  fstat(fd: Arg, options: CallOptions = {}): Filled<"stat"> {
    return this.fill("stat", (view) => this.call("fstat", fd, view, options));
  }
  stat(path: Arg, options: CallOptions = {}): Filled<"stat"> {
    return this.fill("stat", (view) => this.call("stat", path, view, options));
  }
  lstat(path: Arg, options: CallOptions = {}): Filled<"stat"> {
    return this.fill("stat", (view) => this.call("lstat", path, view, options));
  }
  newfstatat(dirfd: Arg, path: Arg, flags: Arg, options: CallOptions = {}): Filled<"stat"> {
    if (this.abi.name === "ia32")
      throw new NotOnArchitecture("ia32 has fstatat64, which fills a struct stat64, instead of newfstatat");
    return this.fill("stat", (view) => this.call("newfstatat", dirfd, path, view, flags, options));
  }
  pipe(options: CallOptions = {}): Filled<"fdpair"> {
    return this.fill("fdpair", (view) => this.call("pipe", view, options));
  }
  pipe2(flags: Arg, options: CallOptions = {}): Filled<"fdpair"> {
    return this.fill("fdpair", (view) => this.call("pipe2", view, flags, options));
  }
  socketpair(
    domain: Arg = AF_UNIX,
    type: Arg = SOCK_STREAM,
    protocol: Arg = 0,
    options: CallOptions = {},
  ): Filled<"fdpair"> {
    return this.fill("fdpair", (view) => this.call("socketpair", domain, type, protocol, view, options));
  }

  protected override newBlock(identity: Identity, thread: boolean): BlockBuilder {
    const block = new ProcessBlock(this.pool, identity, thread) as BlockBuilder;
    return this.abi.name === "ia32" ? block.ia32 : block;
  }

  private fill<N extends StructName>(name: N, call: (view: View<N>) => ResultRef): Filled<N> {
    const view = this.struct(name);
    return { result: call(view), ...view };
  }

  /** The order of clone's arguments differs between architectures. */
  private cloneArgs(clone: { flags: bigint; stack?: StackRef; clearTid?: Memory }): Arg[] {
    const { flags, stack = 0, clearTid = 0 } = clone;
    const { arch } = this.pool;
    const head = arch === "s390x" ? [stack, flags] : [flags, stack];
    const tail = arch === "x86_64" || arch === "s390x" ? [clearTid, 0] : [0, clearTid];
    return [...head, 0, ...tail];
  }
}
