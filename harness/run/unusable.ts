import type { Cause, Outcome } from "./results.ts";

/** No case can run on this target: it is unsupported, or the kernel, the build or the VM failed. */
export class TargetUnusable extends Error {
  override readonly name = "TargetUnusable";
  /** Its last lines, if the verifier refused the driver. */
  readonly verifierLog: string | undefined;

  constructor(
    readonly outcome: Extract<Outcome, "unsupported" | "infra-error">,
    override readonly cause: Cause,
    message: string,
    options: { cause?: unknown; verifierLog?: string } = {},
  ) {
    super(message, options);
    this.cause = cause;
    this.verifierLog = options.verifierLog;
  }
}
