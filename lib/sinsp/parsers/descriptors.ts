/** Descriptors of everything but files and sockets, and what becomes of descriptors. */
import { PPM } from "#schema/flags";
import { FdInfo, FdType } from "../state/fd.ts";
import type { Context, Parser } from "./context.ts";

const { PPM_O_CLOEXEC } = PPM;

/** Where an event tells whether the new descriptor ends at exec; always: the kernel makes none that does not. */
export interface Cloexec {
  readonly param: number;
  readonly bit: number;
}

export function closesOnExec(context: Context, when: Cloexec | "always" | undefined): number {
  if (when === undefined) return 0;
  return when === "always" || context.num(when.param) & when.bit ? PPM_O_CLOEXEC : 0;
}

export interface NewDescriptor {
  /** Index of the parameter with its name. */
  readonly name?: number;
  readonly cloexec?: Cloexec | "always";
}

/** A descriptor whose number is the result. */
export function creates(type: number, { name, cloexec }: NewDescriptor = {}): Parser {
  return (context) => {
    if (context.result < 0) return;
    const info = new FdInfo(type);
    if (name !== undefined) info.name = context.text(name);
    info.openFlags = closesOnExec(context, cloexec);
    context.open(context.result, info);
  };
}

/** Commands of bpf() that answer with a descriptor; the others with 0, or a number of something else. */
const bpfOpens = new Set([0, 5, 7, 13, 14, 17, 18, 19, 28, 30, 32, 33, 36]);

export const bpf: Parser = (context) => {
  if (bpfOpens.has(context.num(1))) creates(FdType.BPF, { cloexec: "always" })(context);
};

/** Its name is that of the directory in /proc with the same process. */
export const pidfdOpen: Parser = (context) => {
  if (context.result < 0) return;
  const info = new FdInfo(FdType.PIDFD);
  info.pid = context.num(1);
  info.name = `/proc/${info.pid}`;
  info.openFlags = PPM_O_CLOEXEC;
  context.open(context.result, info);
};

/** A copy of another process's descriptor. */
export const pidfdGetfd: Parser = (context) => {
  const { thread, state, result } = context;
  const pidfd = thread?.fd(context.num(1));
  if (pidfd?.type !== FdType.PIDFD || result < 0) return;
  const info = state.threads.get(pidfd.pid)?.fd(context.num(2))?.copy();
  if (!info) return;
  info.openFlags |= PPM_O_CLOEXEC;
  context.open(result, info);
};

/** pipe, pipe2: both ends are named by the one inode. */
export const pipe =
  (flags?: number): Parser =>
  (context) => {
    if (context.result < 0) return;
    for (const index of [1, 2]) {
      const info = new FdInfo(FdType.FIFO);
      info.ino = context.int(3);
      info.openFlags = flags === undefined ? 0 : context.num(flags);
      context.open(context.num(index), info);
    }
  };

/** What is closed is still there while the event is looked at. */
export const close: Parser = (context) => {
  if (context.result >= 0 && context.fd) context.closing = context.fdNumber;
};

export const closeRange: Parser = (context) => {
  if (context.result < 0) return;
  const onExec = (context.num(3) & PPM.PPM_CLOSE_RANGE_CLOEXEC) !== 0;
  context.thread?.fds.closeRange(context.num(1), context.num(2), onExec);
};

/** dup, dup2 make a descriptor that stays open at exec; dup3 does as told. */
export const dup =
  (flags?: number): Parser =>
  (context) =>
    duplicate(context, flags === undefined ? 0 : context.num(flags) & PPM_O_CLOEXEC);

const FD_CLOEXEC = 1;

export const fcntl: Parser = (context) => {
  const { fd } = context;
  if (!fd || context.result < 0) return;
  switch (context.num(2)) {
    case PPM.PPM_FCNTL_F_DUPFD:
      return duplicate(context, 0);
    case PPM.PPM_FCNTL_F_DUPFD_CLOEXEC:
      return duplicate(context, PPM_O_CLOEXEC);
    case PPM.PPM_FCNTL_F_SETFD:
      // Old events do not tell the argument.
      if (context.has(3)) setCloexec(fd, context.num(3) & FD_CLOEXEC ? PPM_O_CLOEXEC : 0);
  }
};

function setCloexec(info: FdInfo, cloexec: number): void {
  info.openFlags = (info.openFlags & ~PPM_O_CLOEXEC) | cloexec;
}

function duplicate(context: Context, cloexec: number): void {
  const { fd, result } = context;
  if (!fd || result < 0 || context.fdNumber === result) return; // dup2(3, 3) changes nothing
  const copy = fd.copy();
  setCloexec(copy, cloexec);
  context.open(result, copy, copy.name);
}
