import type { Cause, Outcome } from "./results.ts";

/** No case can run on this target: it is unsupported, or the kernel, the build or the VM failed. */
export class TargetUnusable extends Error {
  override readonly name = "TargetUnusable";

  constructor(
    readonly outcome: Extract<Outcome, "unsupported" | "infra-error">,
    override readonly cause: Cause,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.cause = cause;
  }
}
