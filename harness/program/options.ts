import type { BlockBuilder } from "./builder.ts";
import type { ErrnoName } from "./errno.ts";
import type { Outcome } from "./model.ts";

/** Last argument of a call: what it must return, and what a new process runs. By default a call must succeed. */
export interface CallOptions {
  /** The call must fail so. */
  readonly errno?: ErrnoName;
  /** Any result will do. */
  readonly any?: true;
  /** Of fork, vfork, clone and clone3: the child. Without it the child exits with 0. */
  readonly child?: (child: BlockBuilder) => void;
  /** The child is a thread: it ends by exit, not exit_group. */
  readonly thread?: true;
}

const keys: ReadonlySet<string> = new Set(["errno", "any", "child", "thread"]);

export function isOptions(value: unknown): value is CallOptions {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.keys(value).every((key) => keys.has(key))
  );
}

export function outcomeOf(options: CallOptions): Outcome {
  if (options.any && options.errno) throw new Error("a call cannot expect both any result and an errno");
  return options.any ? "any" : (options.errno ?? "ok");
}
