/** Paths as text; nothing here looks at a file system. */

const maxLength = 1023;
const tooLong = "/DIR_TOO_LONG/FILENAME_TOO_LONG";

/**
 * `path` seen from the directory `base`: absolute paths as they are, others behind it. Dots, doubled and last slashes
 * go; ".." may climb into `base`, whose own text stays as it is.
 */
export function joinPath(base: string, path: string): string {
  if (path.startsWith("/")) return normalise("", path);
  if (base.length + path.length > maxLength) return tooLong;
  return normalise(base, path);
}

function normalise(base: string, path: string): string {
  let result = base.endsWith("/") ? base.slice(0, -1) : base;
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") result = result.slice(0, Math.max(0, result.lastIndexOf("/")));
    else result += `/${part}`;
  }
  return result === "" ? "/" : result;
}

/** Repeated slashes as one. */
export const mergeSlashes = (path: string) => path.replace(/\/{2,}/g, "/");

/** The text of a directory, which ends in a slash. */
export const asDirectory = (path: string) => (path.endsWith("/") ? path : `${path}/`);
