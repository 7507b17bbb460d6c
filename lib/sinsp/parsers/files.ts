/** Descriptors of files, and all others that one call makes alone. */
import { FdInfo, FdType } from "../state/fd.ts";
import { joinPath, mergeSlashes } from "../state/path.ts";
import type { Thread } from "../state/thread.ts";
import type { Context, Parser } from "./context.ts";

export const AT_FDCWD = -100;

const O = { DIRECTORY: 1024, CLOEXEC: 4096, UPPER_LAYER: 32768, LOWER_LAYER: 65536 } as const;
const CREAT = { UPPER_LAYER: 1, LOWER_LAYER: 2 } as const;

/** The directory that a path is relative to. */
export function directoryOf(thread: Thread, dirfd: number): string {
  if (dirfd === AT_FDCWD) return thread.cwd;
  const name = thread.fd(dirfd)?.name;
  return name === undefined ? "<UNKNOWN>" : `${name}/`;
}

export interface OpenParams {
  readonly path: number;
  readonly dirfd?: number;
  readonly flags?: number;
  readonly creatFlags?: number;
  readonly dev: number;
  readonly ino: number;
}

/** open, openat, openat2, creat, open_by_handle_at. */
export function open(params: OpenParams): Parser {
  return (context) => {
    const { thread } = context;
    if (!thread || context.result < 0) return;
    const path = openedPath(context, thread, params.path);
    const dirfd = params.dirfd === undefined ? AT_FDCWD : context.num(params.dirfd);
    const flags = params.flags === undefined ? 0 : context.num(params.flags);
    const creat = params.creatFlags === undefined ? 0 : context.num(params.creatFlags);
    const info = new FdInfo(flags & O.DIRECTORY ? FdType.DIRECTORY : FdType.FILE_V2);
    info.name = joinPath(path.startsWith("/") ? "" : directoryOf(thread, dirfd), path);
    info.nameRaw = mergeSlashes(path);
    info.openFlags = flags;
    info.dev = context.num(params.dev);
    info.ino = context.int(params.ino);
    info.upperLayer = (flags & O.UPPER_LAYER) !== 0 || (creat & CREAT.UPPER_LAYER) !== 0;
    info.lowerLayer = (flags & O.LOWER_LAYER) !== 0 || (creat & CREAT.LOWER_LAYER) !== 0;
    context.open(context.result, info);
  };
}

/** The path as it was when the call began, if its memory could not be read, or held something else, at the end. */
function openedPath(context: Context, thread: Thread, index: number): string {
  const path = context.str(index);
  const matched = thread.enterType === context.event.type - 1 && thread.enterPath !== "";
  return matched && (path === "" || path === "<NA>") ? thread.enterPath : path;
}

/** TOCTOU: what the caller's memory held before the kernel read it. */
export function openEnter(path: number): Parser {
  return (context) => {
    if (context.thread) context.thread.enterPath = context.str(path);
  };
}

/** A descriptor whose number is the result. */
export function creates(type: number, { name = -1, pid = -1 } = {}): Parser {
  return (context) => {
    if (context.result < 0) return;
    const info = new FdInfo(type);
    if (name >= 0) info.name = context.str(name);
    if (pid >= 0) info.pid = context.num(pid);
    context.open(context.result, info);
  };
}

export const pipe: Parser = (context) => {
  if (context.result < 0) return;
  const flags = context.event.nparams > 4 ? context.num(4) : 0;
  for (const index of [1, 2]) {
    const info = new FdInfo(FdType.FIFO);
    info.ino = context.int(3);
    info.openFlags = flags;
    context.open(context.num(index), info);
  }
};

export const close: Parser = (context) => {
  if (context.result >= 0) context.closing = context.fdNumber;
};

export const closeRange: Parser = (context) => {
  const CLOSE_RANGE_CLOEXEC = 4;
  if (context.result < 0) return;
  const onExec = (context.num(3) & CLOSE_RANGE_CLOEXEC) !== 0;
  context.thread?.fds.closeRange(context.num(1), context.num(2), onExec);
};

/** dup, dup2, dup3: `old` and, in the third, `flags`. */
export function dup(old: number, flags = -1): Parser {
  return (context) => duplicate(context, context.num(old), flags < 0 ? 0 : context.num(flags));
}

export const fcntl: Parser = (context) => {
  const F_DUPFD = 1;
  const F_DUPFD_CLOEXEC = 26;
  const command = context.num(2);
  if (command === F_DUPFD) duplicate(context, context.fdNumber, 0);
  if (command === F_DUPFD_CLOEXEC) duplicate(context, context.fdNumber, O.CLOEXEC);
};

function duplicate(context: Context, from: number, flags: number): void {
  const info = context.thread?.fd(from);
  if (!info || context.result < 0) return;
  if (from === context.result) return; // dup2(3, 3) changes nothing
  const copy = info.copy();
  copy.openFlags = (copy.openFlags & ~O.CLOEXEC) | (flags & O.CLOEXEC);
  context.oldName = copy.name;
  context.open(context.result, copy);
}

/** pidfd_getfd: a copy of another process's descriptor. */
export const pidfdGetfd: Parser = (context) => {
  const { thread, state } = context;
  const target = thread?.fd(context.num(1));
  const info = target && state.threads.get(target.pid)?.fd(context.num(2));
  if (info && context.result >= 0) context.open(context.result, info.copy());
};

/** signalfd and signalfd4 with a descriptor change that one. */
export const signalfd =
  (fd: number): Parser =>
  (context) => {
    if (context.num(fd) < 0) creates(FdType.SIGNALFD)(context);
  };
