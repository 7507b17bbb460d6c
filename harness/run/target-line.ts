/** What a results file says of a target. */
import type { OpenedGuest } from "./open-guest.ts";
import type { TargetResult } from "./results.ts";
import { formatTarget, type Target } from "./target.ts";
import type { TargetUnusable } from "./unusable.ts";
import type { AgentHost } from "./vm-guest.ts";

/** An opened guest, as far as it matters here. */
type Described = Omit<OpenedGuest, "guest"> & {
  readonly guest: { readonly machine: Pick<AgentHost, "accel" | "qemuLine"> };
};

export function targetLine(
  target: Target,
  { kernel, loaded, made, guest, timings }: Described,
): TargetResult {
  const driver = loaded.find(({ engine }) => engine === target.driver);
  const { name, series, release, lockedVersion: locked, actualVersion: actual, sha256 } = kernel;
  return {
    kind: "target",
    target: formatTarget(target),
    arch: target.arch,
    driver: target.driver,
    kernel: { name, series, release, package: kernel.package, locked, actual, sha256 },
    ...(driver ? { driverSha256: driver.sha256, attach: driver.attach } : {}),
    ...(driver?.btf ? { btf: driver.btf === "file" ? `headers of ${release}` : "kernel" } : {}),
    ...(guest.machine.accel ? { accel: guest.machine.accel } : {}),
    ...(guest.machine.qemuLine ? { qemu: guest.machine.qemuLine } : {}),
    agentSha256: made.agentSha256,
    toolchain: made.toolchain,
    timings: {
      ...timings,
      ...(driver ? { driverLoad: driver.loadNs / 1e6 } : {}),
    },
    stats: {
      ...(made.driverBytes ? { driverBytes: made.driverBytes } : {}),
      ...(driver ? { verifiedInstructions: driver.verifiedInsns, rings: driver.rings } : {}),
    },
  };
}

export function unusableLine(target: Target, error: TargetUnusable): TargetResult {
  return {
    kind: "target",
    target: formatTarget(target),
    arch: target.arch,
    driver: target.driver,
    outcome: error.outcome,
    cause: error.cause,
    reason: error.message,
    ...(error.verifierLog ? { verifierLog: error.verifierLog } : {}),
  };
}
