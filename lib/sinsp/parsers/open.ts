/** open, openat, openat2, creat, open_by_handle_at. */
import { PPM } from "#schema/flags";
import { FdInfo, FdType } from "../state/fd.ts";
import { joinPath } from "../state/path.ts";
import type { EnterCall } from "../state/thread.ts";
import type { Context, Parser } from "./context.ts";
import { enterOf } from "./enter.ts";
import { AT_FDCWD, directoryOf } from "./paths.ts";

export interface OpenParams {
  readonly path: number;
  readonly dirfd?: number;
  readonly flags?: number;
  readonly creatFlags?: number;
  readonly dev: number;
  readonly ino: number;
  /** The driver has found out the whole path, whatever descriptor it was opened by. */
  readonly isWhole?: boolean;
}

/** Bits that only the exit can know. */
const addedAtExit = ~(PPM.PPM_O_F_CREATED - 1);

interface Opened {
  readonly path: string;
  readonly dirfd: number;
  readonly flags: number;
}

export function open(params: OpenParams): Parser {
  return (context) => {
    const { thread } = context;
    if (!thread || context.result < 0) return;
    const { path, dirfd, flags } = trusted(opened(context, params), params.isWhole ? null : enterOf(context));
    const info = new FdInfo(flags & PPM.PPM_O_DIRECTORY ? FdType.DIRECTORY : FdType.FILE_V2);
    const base = params.isWhole || path.startsWith("/") ? "" : directoryOf(thread, dirfd);
    info.name = joinPath(base, path);
    info.nameRaw = path;
    info.openFlags = flags;
    // The existing library takes the two of openat and openat2 together; old events have a device without an inode.
    if (params.dirfd === undefined || context.has(params.ino)) info.dev = context.num(params.dev);
    info.ino = context.int(params.ino);
    info.upperLayer = (flags & PPM.PPM_FD_UPPER_LAYER) !== 0;
    info.lowerLayer = (flags & PPM.PPM_FD_LOWER_LAYER) !== 0;
    context.open(context.result, info);
  };
}

/** As the exit tells it. */
function opened(context: Context, { path, dirfd, flags, creatFlags }: OpenParams): Opened {
  return {
    path: context.text(path),
    dirfd: dirfd === undefined ? AT_FDCWD : context.num(dirfd),
    flags: flags === undefined ? layerOfCreat(context, creatFlags!) : context.num(flags),
  };
}

/** creat() has no flags, so drivers tell the layer apart. */
function layerOfCreat(context: Context, index: number): number {
  const flags = context.num(index);
  if (flags & PPM.PPM_FD_UPPER_LAYER_CREAT) return PPM.PPM_FD_UPPER_LAYER;
  return flags & PPM.PPM_FD_LOWER_LAYER_CREAT ? PPM.PPM_FD_LOWER_LAYER : 0;
}

/** TOCTOU: what the caller's memory held at the exit may not be what the kernel read; at the enter it is sooner. */
function trusted(exit: Opened, call: EnterCall | null): Opened {
  if (!call || call.path === "<NA>") return exit;
  return { path: call.path, dirfd: call.dirfd, flags: call.flags | (exit.flags & addedAtExit) };
}
