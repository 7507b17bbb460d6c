/**
 * Build steps: what is made from what, redone when the content of an input changes.
 * The hash of a step covers its inputs' bytes, its `key` and the hashes of the steps it needs.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withLock } from "./lock.ts";
import { buildPath, root } from "./root.ts";

export interface Step {
  /** Unique, used as file name of the stamp: `libscap-x86_64`. */
  readonly name: string;
  /** Files or globs, relative to the checkout. */
  readonly inputs: readonly string[];
  /** Whatever else changes the result: flags, tool versions, a kernel release. */
  readonly key?: readonly string[];
  readonly needs?: readonly Step[];
  /** Absolute paths; all must exist afterwards. */
  readonly outputs: readonly string[];
  /** Makes the outputs; their directories exist already. */
  readonly run: () => Promise<void> | void;
}

export function stepHash(step: Step): string {
  const hash = new Bun.CryptoHasher("sha256");
  hash.update(JSON.stringify([step.name, step.key ?? [], step.outputs]));
  for (const file of inputFiles(step)) {
    hash.update(`\n${file}\n`);
    hash.update(readFileSync(join(root, file)));
  }
  for (const need of step.needs ?? []) hash.update(stepHash(need));
  return hash.digest("hex");
}

function inputFiles(step: Step): string[] {
  const files = new Set<string>();
  for (const pattern of step.inputs) {
    const before = files.size;
    for (const file of new Bun.Glob(pattern).scanSync({ cwd: root, dot: true })) files.add(file);
    if (files.size === before && existsSync(join(root, pattern))) files.add(pattern);
  }
  if (files.size === 0 && step.inputs.length > 0)
    throw new Error(`build step ${step.name}: no file matches ${step.inputs.join(", ")}`);
  return [...files].sort();
}

const stampPath = (step: Step) => buildPath("stamps", step.name);

export function isFresh(step: Step, hash = stepHash(step)): boolean {
  return (
    existsSync(stampPath(step)) &&
    readFileSync(stampPath(step), "utf8") === hash &&
    step.outputs.every((output) => existsSync(output))
  );
}

/** A machine without compilers got its build from elsewhere, and says so. */
const isPrebuilt = ({ outputs }: Step) =>
  Boolean(process.env.SCAPYARD_PREBUILT) && outputs.every((output) => existsSync(output));

/** Whether `ensure` has nothing to do. */
export function isAvailable(step: Step): boolean {
  return isPrebuilt(step) || (isFresh(step) && (step.needs ?? []).every(isAvailable));
}

/** Bring a step and all it needs up to date. Returns whether anything was made. Safe across processes. */
export async function ensure(step: Step, report: (line: string) => void = () => {}): Promise<boolean> {
  if (isPrebuilt(step)) return false;
  let made = false;
  for (const need of step.needs ?? []) made = (await ensure(need, report)) || made;
  if (isFresh(step)) return made;
  return withLock(`build-${step.name}`, async () => {
    const hash = stepHash(step);
    if (isFresh(step, hash)) return made;
    report(`building ${step.name}`);
    rmSync(stampPath(step), { force: true });
    for (const output of step.outputs) mkdirSync(dirname(output), { recursive: true });
    await step.run();
    for (const output of step.outputs)
      if (!existsSync(output)) throw new Error(`build step ${step.name} did not make ${output}`);
    mkdirSync(dirname(stampPath(step)), { recursive: true });
    writeFileSync(stampPath(step), hash);
    return true;
  });
}
