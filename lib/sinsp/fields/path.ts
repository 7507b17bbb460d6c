/** Fields of the paths that an event names: fs.path.* */
import { type EventInfo, events } from "#schema/events";
import { AT_FDCWD, directoryOf } from "../parsers/paths.ts";
import { joinPath } from "../state/path.ts";
import type { Getter, GetterMaker, Getters, SinspEvent } from "./getter.ts";

/** Parameters with a path, by event name. Where a directory's descriptor belongs to it the schema tells. */
type PathParams = Readonly<Record<string, string>>;

const single: PathParams = {
  mkdir: "path",
  mkdirat: "path",
  rmdir: "path",
  unlink: "path",
  unlinkat: "name",
  open: "name",
  openat: "name",
  openat2: "name",
  chmod: "filename",
  fchmodat: "filename",
  chown: "path",
  lchown: "path",
  fchownat: "pathname",
  quotactl: "special",
  umount: "name",
  umount2: "name",
};
const source: PathParams = {
  rename: "oldpath",
  renameat: "oldpath",
  renameat2: "oldpath",
  link: "newpath",
  linkat: "newpath",
  symlink: "linkpath",
  symlinkat: "linkpath",
  mount: "dev",
};
const target: PathParams = {
  rename: "newpath",
  renameat: "newpath",
  renameat2: "newpath",
  link: "oldpath",
  linkat: "oldpath",
  symlink: "target",
  symlinkat: "target",
  mount: "dir",
};

/** Calls on a descriptor: the path is its name. */
const byFd = new Set(["fchmod", "fchown"]);
const opens = new Set(["open", "openat", "openat2"]);
const EPERM = -1;

/** Only of calls that succeeded; a failed open counts, unless its result can be mistaken for "no descriptor". */
const happened = ({ name, result }: SinspEvent) => (opens.has(name) ? result !== EPERM : result === 0);

function paramIndex({ name, dir, params }: EventInfo, of: PathParams): number {
  if (dir !== "exit") return -1;
  return params.findIndex((param) => param.name === of[name]);
}

function path(of: PathParams, absolute: boolean): Getter {
  const index = Int16Array.from(events, (info) => paramIndex(info, of));
  return (evt) => {
    if (!evt.thread || !happened(evt)) return null;
    if (of === single && byFd.has(evt.name)) return evt.isExit ? (evt.fd?.name ?? null) : null;
    const at = index[evt.code] ?? -1;
    if (at < 0 || at >= evt.raw.nparams) return null;
    const text = evt.param(at) as string | null;
    if (text === null) return null;
    return absolute ? absolutePath(evt, at, text, of) : text;
  };
}

/** Calls that take the current directory, whatever descriptor they name. */
const ignoringDirfd = new Set(["renameat", "linkat"]);
const withoutCwd = new Set(["mkdirat", "unlinkat", "fchmodat", "fchownat", "symlinkat"]);

function absolutePath(evt: SinspEvent, at: number, text: string, of: PathParams): string {
  if (text.startsWith("/")) return joinPath("", text);
  if (evt.name === "symlinkat" && of === target) return joinPath("<UNKNOWN>", text);
  if (opens.has(evt.name) && evt.name !== "open") return evt.fd?.name ?? "<UNKNOWN>";
  return joinPath(base(evt, at), text);
}

function base(evt: SinspEvent, at: number): string {
  const dirfd = evt.raw.info.params[at]!.dirfd;
  const fd = dirfd === undefined || ignoringDirfd.has(evt.name) ? AT_FDCWD : Number(evt.param(dirfd));
  // Known defect of the field's definition: these do not look at the current directory.
  if (withoutCwd.has(evt.name))
    return evt.thread!.fd(fd)?.word === "directory" ? `${evt.thread!.fd(fd)!.name}/` : "<UNKNOWN>";
  return directoryOf(evt.thread!, fd);
}

const maker =
  (of: PathParams, absolute: boolean): GetterMaker =>
  () =>
    path(of, absolute);

export const paths: Getters = {
  "fs.path.name": maker(single, true),
  "fs.path.nameraw": maker(single, false),
  "fs.path.source": maker(source, true),
  "fs.path.sourceraw": maker(source, false),
  "fs.path.target": maker(target, true),
  "fs.path.targetraw": maker(target, false),
};
