/** Paths as text; nothing here looks at a file system. */

const maxBytes = 1023;
const tooLong = "/DIR_TOO_LONG/FILENAME_TOO_LONG";

/** What a path without anything to be cleaned does not have. */
const untidy = /\/\.|\/\/|.\/$/;

/**
 * `path` seen from the directory `base`, whose text ends in a slash: absolute paths as they are, others put behind it. Dots,
 * doubled and last slashes go; ".." may climb into `base`, whose own text stays as it is otherwise.
 */
export function joinPath(base: string, path: string): string {
  const whole = path.startsWith("/") ? path : base + path;
  if (whole.length * 3 > maxBytes && Buffer.byteLength(whole) > maxBytes) return tooLong;
  if (whole === path && path.startsWith("/")) return untidy.test(path) ? climb("/", path) : path;
  const slash = base.lastIndexOf("/") + 1;
  if (slash === base.length && isTidy(path)) return whole;
  return climb(base.slice(0, slash), base.slice(slash) + path);
}

/** A relative path without anything to be cleaned. */
const isTidy = (path: string) =>
  path !== "" && !path.startsWith(".") && !path.endsWith("/") && !untidy.test(path);

function climb(base: string, path: string): string {
  let result = base;
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") result = parent(result);
    else result += `${part}/`;
  }
  return result.length > 1 && result.endsWith("/") ? result.slice(0, -1) : result;
}

/** "/a/" of "/a/b/"; the root's is itself. */
const parent = (directory: string) =>
  directory === "/" ? directory : directory.slice(0, directory.lastIndexOf("/", directory.length - 2) + 1);

/** Repeated slashes as one. */
export const mergeSlashes = (path: string) => (path.includes("//") ? path.replace(/\/{2,}/g, "/") : path);

/** The text of a directory, which ends in a slash. */
export const asDirectory = (path: string) => (path.endsWith("/") ? path : `${path}/`);
