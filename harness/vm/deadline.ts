/** Waits that end. Every wait on a machine has a deadline, stretched by how slow the machine is. */
import type { Accelerator } from "./accel.ts";

/** How many times longer than on KVM things take, before anything was measured. */
export const typicalSlowdown = (accel: Accelerator) => (accel === "kvm" ? 1 : 6);

/**
 * How many times longer than on an idle host with KVM something took. Bounded both ways: one quick or one unlucky
 * measurement must not make deadlines useless.
 * @param ms what it took, in milliseconds
 * @param nominal what it takes there
 */
export function measuredSlowdown(accel: Accelerator, ms: number, nominal: number): number {
  const typical = typicalSlowdown(accel);
  return Math.min(3 * typical, Math.max(typical, ms / nominal));
}

export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
  constructor(readonly ms: number) {
    super(`no answer within ${(ms / 1000).toFixed(1)} s`);
  }
}

/**
 * A wait as the environment wants it: SCAPYARD_PATIENCE multiplies all of them. Above 1 for a host that is slower than
 * its measured slowdown tells, far below for tests of what never answers.
 */
export function patient(ms: number): number {
  const factor = Number(process.env.SCAPYARD_PATIENCE ?? 1);
  return factor > 0 ? ms * factor : ms;
}

/** The promise's outcome, or DeadlineError after `nominal` milliseconds. The promise itself goes on. */
export async function within<T>(promise: Promise<T>, nominal: number): Promise<T> {
  const ms = patient(nominal);
  let timer: Timer | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(ms)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
