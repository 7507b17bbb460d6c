/** One `bun test` process that runs cases on one target, with everything it starts. */
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/root.ts";

export interface ChildJob {
  readonly target: string;
  /** Glob over case ids. */
  readonly cases: string;
  readonly command: readonly string[];
  /** A directory of this child alone: its results and its log. */
  readonly dir: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Child {
  /** The file that the child appends results to. */
  readonly results: string;
  readonly log: string;
  /** The file with the name of what it is doing. */
  readonly stage: string;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
  /** Ends it and all that it started. */
  readonly stop: () => Promise<void>;
}

const graceMs = 3000;

/**
 * Start a child in a session of its own, so that a Ctrl-C reaches it only through `stop`, and `stop` reaches the
 * virtual machines that it started.
 */
export function startChild(job: ChildJob): Child {
  mkdirSync(job.dir, { recursive: true });
  // Not in job.dir: the path of a socket in it must stay below 108 bytes.
  const tmp = mkdtempSync(join(tmpdir(), "scapyard-"));
  const results = join(job.dir, "results.jsonl");
  const log = join(job.dir, "log.txt");
  const stage = join(job.dir, "stage");
  for (const file of [results, stage]) rmSync(file, { force: true });
  const output = openSync(log, "w");
  // When this process is killed and can stop nothing any more, the kernel stops the child; its machines do likewise.
  const child = Bun.spawn(["setpriv", "--pdeathsig", "KILL", "--", ...job.command], {
    cwd: root,
    env: {
      ...process.env,
      ...job.env,
      SCAPYARD_TARGET: job.target,
      SCAPYARD_CASE: job.cases,
      SCAPYARD_RESULTS: results,
      SCAPYARD_STAGE: stage,
      TMPDIR: tmp,
    },
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  const ended = child.exited.then((status) => {
    signalGroup(child.pid, "SIGKILL");
    rmSync(tmp, { recursive: true, force: true });
    return child.signalCode ? `was ended by ${child.signalCode}` : `ended with status ${status}`;
  });
  return { results, log, stage, ended, stop: () => stopGroup(child.pid, ended) };
}

async function stopGroup(pid: number, ended: Promise<string>): Promise<void> {
  signalGroup(pid, "SIGTERM");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}

/** Whether the process group still had somebody in it. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** The end of a log, for a reason or a console field. */
export function tail(file: string, lines = 20): string {
  const text = readFileSync(file, "utf8").trimEnd();
  return text.split("\n").slice(-lines).join("\n");
}
