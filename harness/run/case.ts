/**
 * Cases: what a program of syscalls must leave behind as events.
 *
 *     syscallCase("close", "an open file", (p) => {
 *       const fd = p.openat(AT_FDCWD, "f", O_CREAT | O_RDWR, 0o600);
 *       const res = p.close(fd);
 *       return [event("close", { res: i64(res), fd: i64(fd) })];
 *     });
 *
 * The driver captures the syscalls and tracepoints that the returned events belong to, and no others. Of those, the list is
 * complete: a missing, an extra and a duplicate event all fail the case.
 */
import type { DynamicSnaplen } from "../../lib/scap/index.ts";
import type { BlockBuilder } from "../program/builder.ts";
import { isCall, isSyscall } from "../program/numbers.ts";
import { compatId } from "./compat.ts";
import type { ExpectedEvent } from "./expected-event.ts";

export interface CaseOptions {
  /** Bytes of data buffers that are kept; 80 if absent. */
  readonly snaplen?: number;
  /** More is kept of some sockets' data. */
  readonly dynamicSnaplen?: DynamicSnaplen;
  /** Record no failed calls. */
  readonly dropFailed?: boolean;
  /** Syscalls and tracepoints to capture besides those of the events. */
  readonly alsoCapture?: readonly string[];
  /**
   * Why other events than the expected ones may come between, at times that no program decides (page faults, switches). The
   * expected ones must be there in order and each must be the only one like it; a wrong parameter still fails the case.
   */
  readonly background?: string;
  /** Why its calls cannot be made through the 32-bit entry. Every other case is also run so, as `<id>@ia32`. */
  readonly native?: string;
}

export interface SyscallCase {
  /** `<syscall>/<kebab-title>[@ia32]` */
  readonly id: string;
  readonly syscall: string;
  readonly options: CaseOptions;
  /** Its calls go through the 32-bit entry of x86_64. */
  readonly compat?: boolean;
  /** Describes the program on `p`, and returns the events it must produce. */
  readonly body: (p: BlockBuilder) => readonly ExpectedEvent[];
}

export type CaseSink = (item: SyscallCase) => void;

let sink: CaseSink | null = null;

/** Where cases go from now on: the test runner, or a list. Set before a case file is imported. */
export function collectCases(into: CaseSink | null): void {
  sink = into;
}

/** @param title a few words; they become part of the case's id */
export function syscallCase(
  syscall: string,
  title: string,
  body: SyscallCase["body"],
  options: CaseOptions = {},
): void {
  if (!sink) throw new Error("case files are loaded by bun test or ./scapyard run, not by themselves");
  const id = `${syscall}/${kebab(title)}`;
  sink({ id, syscall, options, body });
  const has32bit = !isCall(syscall) || isSyscall(syscall, "ia32");
  if (has32bit && options.native === undefined)
    sink({ id: compatId(id), syscall, options, compat: true, body: (p) => body(p.ia32) });
}

function kebab(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
