import { relative } from "node:path";

/** A path as one would type it here: relative if it is below the current directory. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
