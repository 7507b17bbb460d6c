import { libscapShared, scapOpen } from "../../lib/libscap/build.ts";
import type { Step } from "../build/step.ts";
import type { Target } from "../run/target.ts";
import { hostArch } from "./host.ts";

/** What has to be built to run these targets: libscap for this host, and the drivers and agents of the guests. */
export async function targetSteps(_targets: readonly Target[]): Promise<Step[]> {
  return [libscapShared(hostArch()), scapOpen(hostArch())];
}
