/** The drivers' objects carry the versions that libscap asks for. Nothing is loaded. */
import { expect, test } from "bun:test";
import { basename } from "node:path";
import { bpfObject } from "../../../drivers/bpf/build.ts";
import { ensure } from "../../../harness/build/step.ts";
import { hostArch } from "../../../harness/setup/host.ts";
import { libscapTests, testPrograms } from "./build.ts";

test.each([false, true])(
  "the object that was built, debug %p",
  async (debug) => {
    const object = bpfObject(hostArch(), { debug });
    await ensure(libscapTests);
    await ensure(object);
    const program = testPrograms.find((path) => basename(path) === "test_bpf_versions")!;
    const { stdout, exitCode } = Bun.spawnSync([program, object.outputs[0] as string]);
    expect([stdout.toString(), exitCode]).toEqual(["", 0]);
  },
  300_000,
);
