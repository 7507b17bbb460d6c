/** What a case needs of a guest; `open-guest.ts` makes one from a VM. */

import type { DynamicSnaplen } from "../../lib/scap/index.ts";
import type { Stats } from "../agent/messages.ts";
import type { Program } from "../program/model.ts";
import type { RunFacts } from "./facts.ts";
import type { Cause } from "./results.ts";

export interface RunRequest {
  readonly program: Program;
  /** PPM_SC codes. */
  readonly interest: readonly number[];
  readonly snaplen: number;
  readonly dropFailed: boolean;
  readonly dynamicSnaplen?: DynamicSnaplen | undefined;
}

export interface Capture {
  readonly driver: string;
  /** A .scap stream. */
  readonly scap: Uint8Array;
  /** Counters of the driver for this program. */
  readonly stats: Stats;
}

/** A program that ran to its end as its author said, and what the drivers saw of it. */
export interface ProgramDone {
  readonly kind: "done";
  readonly facts: RunFacts;
  /** One per loaded driver. */
  readonly captures: readonly Capture[];
}

/** A program that did not: a call failed that should not have, it died, it hung. */
export interface ProgramFailed {
  readonly kind: "failed";
  readonly cause: Cause;
  readonly reason: string;
}

/** A guest with its driver loaded. A method that throws leaves the guest unusable. */
export interface Guest extends AsyncDisposable {
  /** Why its kernel takes no 32-bit calls, if it takes none. */
  readonly noCompat?: string | undefined;
  /** @throws {GuestLost} */
  run(request: RunRequest): Promise<ProgramDone | ProgramFailed>;
}

/** The VM or its agent is gone, or does not answer. */
export class GuestLost extends Error {
  constructor(
    override readonly cause: Cause,
    message: string,
    /** Tail of the console, and the QEMU line. */
    readonly console: string,
  ) {
    super(message);
  }
}
