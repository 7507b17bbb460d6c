/** Cases on one target: a guest restored when the first case needs it, and a fresh one after each case that did not pass. */
import { usesCompat } from "../program/model.ts";
import { NotOnArchitecture } from "../program/numbers.ts";
import type { SyscallCase } from "./case.ts";
import { type Guest, GuestLost } from "./guest.ts";
import { openGuest } from "./open-guest.ts";
import { reproCommand } from "./repro.ts";
import type { CaseResult } from "./results.ts";
import { buildCase, runCase, type Verdict } from "./run-case.ts";
import { Stages } from "./stages.ts";
import { defaultTarget, formatTarget, parseTarget, type Target } from "./target.ts";
import { targetLine, unusableLine } from "./target-line.ts";
import { TargetUnusable } from "./unusable.ts";
import { appendResult } from "./write-results.ts";

/** Targets whose line has been written by this process. */
const described = new Set<string>();

export class CaseSession implements AsyncDisposable {
  #guest: Guest | null = null;

  constructor(
    readonly target: Target,
    /** Which cases run; all if absent. */
    private readonly glob: Bun.Glob | null,
    /** Where result lines are appended. */
    private readonly results: string | null,
    /** Gets the name of what is being done before the cases run. */
    private readonly stage: string | null = null,
  ) {}

  /** SCAPYARD_TARGET, SCAPYARD_CASE (a glob), SCAPYARD_RESULTS and SCAPYARD_STAGE (files). */
  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): CaseSession {
    const { SCAPYARD_TARGET = defaultTarget, SCAPYARD_CASE, SCAPYARD_RESULTS = null } = env;
    const glob = SCAPYARD_CASE ? new Bun.Glob(SCAPYARD_CASE) : null;
    return new CaseSession(parseTarget(SCAPYARD_TARGET), glob, SCAPYARD_RESULTS, env.SCAPYARD_STAGE ?? null);
  }

  selects({ id }: SyscallCase): boolean {
    return this.glob === null || this.glob.match(id);
  }

  /** @throws with everything that a person needs to see, unless the case passes. */
  async run(item: SyscallCase): Promise<void> {
    const started = performance.now();
    const verdict = await this.#verdict(item);
    const name = formatTarget(this.target);
    const { id, syscall } = item;
    const repro = reproCommand({ target: name, case: id });
    const ms = Math.round(performance.now() - started);
    this.#record({ kind: "case", target: name, case: id, syscall, ...verdict, ms, repro });
    if (verdict.outcome !== "pass") throw new CaseFailure(name, id, verdict, repro);
  }

  async #verdict(item: SyscallCase): Promise<Verdict> {
    try {
      const built = buildCase(item, this.target.arch);
      this.#guest ??= await this.#open();
      const { noCompat } = this.#guest;
      if (noCompat && usesCompat(built.program))
        return { outcome: "unsupported", cause: "no-compat", reason: noCompat };
      const verdict = await runCase(item, built, this.#guest);
      if (verdict.outcome !== "pass") await this.#drop();
      return verdict;
    } catch (error) {
      if (error instanceof NotOnArchitecture)
        return { outcome: "unsupported", cause: "not-on-arch", reason: error.message };
      await this.#drop();
      if (error instanceof GuestLost) return lostVerdict(error);
      if (!(error instanceof TargetUnusable)) throw error;
      this.#describe(() => unusableLine(this.target, error));
      return { outcome: error.outcome, cause: error.cause, reason: error.message };
    }
  }

  async #open(): Promise<Guest> {
    const opened = await openGuest(this.target, new Stages(this.stage));
    this.#describe(() => targetLine(this.target, opened));
    return opened.guest;
  }

  #describe(line: () => Parameters<typeof appendResult>[1]): void {
    const name = formatTarget(this.target);
    if (described.has(name)) return;
    described.add(name);
    this.#record(line());
  }

  #record(line: Parameters<typeof appendResult>[1]): void {
    if (this.results) appendResult(this.results, line);
  }

  async #drop(): Promise<void> {
    const guest = this.#guest;
    this.#guest = null;
    await guest?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#drop();
  }
}

/** A kernel that panics while the driver records is the driver's failure until proved otherwise; the rest is not. */
function lostVerdict({ cause, message, console }: GuestLost): Verdict {
  return { outcome: cause === "guest-panic" ? "fail" : "infra-error", cause, reason: message, diff: console };
}

class CaseFailure extends Error {
  constructor(target: string, id: string, verdict: Verdict, repro: CaseResult["repro"]) {
    const details = [
      verdict.diff,
      verdict.program && `program:\n${verdict.program}`,
      verdict.raw && `raw events:\n${verdict.raw.join("\n")}`,
    ];
    super(
      [`${id} on ${target}: ${verdict.outcome}: ${verdict.reason}`, ...details, `repeat: ${repro}`]
        .filter(Boolean)
        .join("\n"),
    );
    this.name = "CaseFailure";
  }
}
