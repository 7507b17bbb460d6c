/** What relative paths of system calls are relative to. */
import { asDirectory } from "../state/path.ts";
import type { Thread } from "../state/thread.ts";

export const AT_FDCWD = -100;

/** The directory's text, with a slash at the end; "<UNKNOWN>" if nobody knows. */
export function directoryOf(thread: Thread, dirfd: number): string {
  if (dirfd === AT_FDCWD) return thread.cwd;
  const name = thread.fd(dirfd)?.name;
  if (name === undefined) return "<UNKNOWN>";
  return name === "" ? "" : asDirectory(name);
}
