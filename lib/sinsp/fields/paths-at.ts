/** evt.abspath: the path that a call with a directory's descriptor means. */
import { EF, events, PPME } from "#schema/events";
import { AT_FDCWD, directoryOf } from "../parsers/paths.ts";
import { joinPath } from "../state/path.ts";
import type { Thread } from "../state/thread.ts";
import type { Getter, GetterMaker, Getters } from "./getter.ts";

interface PathAt {
  readonly path: number;
  readonly dirfd: number;
}

const withOne = new Set(["symlinkat", "openat", "openat2", "unlinkat", "mkdirat", "fchmodat", "fchownat"]);
/** Two pairs of directory and path: source, destination. */
const withTwo = new Set(["renameat", "renameat2", "linkat"]);

/** Where the paths of an event are; by code. */
function places(side: "src" | "dst"): readonly (PathAt | undefined)[] {
  return events.map(({ name, dir, flags, params }) => {
    if (dir !== "exit" || flags & EF.OLD_VERSION || !(withOne.has(name) || withTwo.has(name)))
      return undefined;
    const all = params.flatMap(({ dirfd }, path) => (dirfd === undefined ? [] : [{ path, dirfd }]));
    return all[withTwo.has(name) && side === "dst" ? 1 : 0];
  });
}

/** Only of a call that succeeded, with a descriptor that is not 0. */
const handlePath: Getter = (evt) =>
  evt.result !== null && evt.result > 0 && evt.raw.has(3) ? joinPath("", evt.param(3) as string) : null;

const absolutePath: GetterMaker = (argument) => {
  const at = places(argument === "dst" ? "dst" : "src");
  return (evt) => {
    const { thread, code, raw } = evt;
    if (!thread) return null;
    if (code === PPME.SYSCALL_OPEN_BY_HANDLE_AT_X) return handlePath(evt);
    const place = at[code];
    if (!place || !raw.has(place.path) || !raw.has(place.dirfd)) return null;
    const path = evt.param(place.path) as string;
    return joinPath(path.startsWith("/") ? "" : baseOf(thread, Number(evt.param(place.dirfd))), path);
  };
};

function baseOf(thread: Thread, dirfd: number): string {
  if (dirfd !== AT_FDCWD && thread.fd(dirfd) === undefined) return "<UNKNOWN>/";
  return directoryOf(thread, dirfd);
}

export const pathsAt: Getters = { "evt.abspath": absolutePath };
