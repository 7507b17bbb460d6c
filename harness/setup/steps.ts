import { bpfObject } from "../../drivers/bpf/build.ts";
import { kmodModule } from "../../drivers/kmod/build.ts";
import type { Kernel } from "../../kernels/index.ts";
import { libscapShared, scapOpen } from "../../lib/libscap/build.ts";
import { re2Shared } from "../../lib/sinsp/regex/build.ts";
import { agentBinary } from "../agent/build.ts";
import type { Step } from "../build/step.ts";
import type { Driver } from "../run/target.ts";
import { hostArch } from "./host.ts";

/** For reading captures here, and filtering them, whatever the guests are. */
export const hostSteps = (): Step[] => [
  libscapShared(hostArch()),
  scapOpen(hostArch()),
  re2Shared(hostArch()),
];

/** What a guest with this kernel and driver is made of, besides the kernel. */
export function guestSteps(kernel: Kernel, driver: Driver): Step[] {
  const agent = agentBinary(kernel.arch);
  if (driver === "modern_bpf") return [bpfObject(kernel.arch), agent];
  const { headers } = kernel;
  // Without headers there is no module; running such a target says `unsupported`.
  return headers ? [kmodModule({ ...kernel, headers }), agent] : [agent];
}
