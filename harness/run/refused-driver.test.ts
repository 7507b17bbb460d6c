/** A driver that does not load is an outcome with a cause and a reason, never a crash. */
import { expect, test } from "bun:test";
import { kmodModule, modulePath } from "../../drivers/kmod/build.ts";
import { ensureKernel } from "../../kernels/index.ts";
import { ensure } from "../build/step.ts";
import { kernelArguments } from "../vm/index.ts";
import type { GuestOptions } from "./guest-options.ts";
import { openGuestWith } from "./open-guest.ts";
import type { Driver } from "./target.ts";
import { TargetUnusable } from "./unusable.ts";

const patience = 300_000;

/** How a target that must not come up fails. */
async function refusal(driver: Driver, options: GuestOptions): Promise<TargetUnusable> {
  try {
    const { guest } = await openGuestWith("x86_64", "debian-6.12", [driver], options);
    await guest[Symbol.asyncDispose]();
  } catch (error) {
    if (error instanceof TargetUnusable) return error;
    throw error;
  }
  throw new Error(`${driver} loaded`);
}

test(
  "modern_bpf under lockdown=confidentiality is unsupported",
  async () => {
    const { outcome, cause, message } = await refusal("modern_bpf", {
      extra: [kernelArguments("lockdown=confidentiality")],
    });
    expect({ outcome, cause }).toEqual({ outcome: "unsupported", cause: "lockdown" });
    expect(message).toContain("locked down");
  },
  patience,
);

test(
  "an unsigned module under lockdown=integrity is unsupported",
  async () => {
    const { outcome, cause } = await refusal("kmod", { extra: [kernelArguments("lockdown=integrity")] });
    expect({ outcome, cause }).toEqual({ outcome: "unsupported", cause: "lockdown" });
  },
  patience,
);

test(
  "a module of another kernel is refused by its version",
  async () => {
    const other = await ensureKernel("x86_64", "debian-6.1");
    const withHeaders = { ...other, headers: other.headers! };
    await ensure(kmodModule(withHeaders));
    const { outcome, cause, message } = await refusal("kmod", { module: modulePath(withHeaders) });
    expect({ outcome, cause }).toEqual({ outcome: "unsupported", cause: "version" });
    expect(message).toContain("not a module for this kernel");
  },
  patience,
);
