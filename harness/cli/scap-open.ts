import { scapOpen } from "../../lib/libscap/build.ts";
import { ensure } from "../build/step.ts";
import { hostArch } from "../setup/host.ts";
import type { Delegate } from "./command.ts";

export const scapOpenCommand: Delegate = {
  summary: "print the events of a capture file, or live ones (the C example of libscap)",
  async delegate(argv) {
    const step = scapOpen(hostArch());
    await ensure(step, (line) => console.error(line));
    const child = Bun.spawn([step.outputs[0]!, ...argv], { stdio: ["inherit", "inherit", "inherit"] });
    return child.exited;
  },
};
