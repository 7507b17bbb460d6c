import { loadProfile } from "../../matrix/profile.ts";
import { exitStatus } from "../run/exit-status.ts";
import { prepare, preparePackages } from "../setup/prepare.ts";
import { type Arguments, flag, type OwnCommand } from "./command.ts";

export const setupCommand: OwnCommand = {
  summary: "install what is missing, fetch the kernels, build the drivers",
  usage: "[options]",
  details: "Does only what is missing. run and test do this themselves.",
  options: {
    "packages-only": { type: "boolean", help: "system packages only" },
    locked: { type: "boolean", help: "fail if a kernel is not the locked version" },
    json: { type: "boolean", help: "print what was done as JSON" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments): Promise<number> {
  const say = (line: string) => console.error(line);
  const started = performance.now();
  const done = flag(args, "packages-only")
    ? { packages: await preparePackages(say), moved: [], built: [] }
    : await prepare({ targets: loadProfile("amd64"), locked: flag(args, "locked"), say });
  if (flag(args, "json")) console.log(JSON.stringify(done));
  else {
    const count = Object.values(done).flat().length;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(count === 0 ? "nothing was missing" : `done: ${count} things, ${seconds} s`);
  }
  return exitStatus.ok;
}
