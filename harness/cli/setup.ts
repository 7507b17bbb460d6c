import { defaultProfile } from "../../matrix/profile.ts";
import { exitStatus } from "../run/exit-status.ts";
import { type Prepared, prepare, preparePackages } from "../setup/prepare.ts";
import { type Arguments, flag, type OwnCommand, string } from "./command.ts";
import { findProfile } from "./find-profile.ts";

export const setupCommand: OwnCommand = {
  summary: "install what is missing, fetch the kernels, build the drivers",
  usage: "[options]",
  details: "Does only what is missing. run and test do this themselves.",
  options: {
    "packages-only": { type: "boolean", help: "system packages only" },
    profile: {
      type: "string",
      value: "NAME",
      help: `for the targets of matrix/NAME.yaml, or of a file (${defaultProfile})`,
    },
    locked: { type: "boolean", help: "fail if a kernel is not the locked version" },
    json: { type: "boolean", help: "print what was done as JSON" },
  },
  positionals: [0, 0],
  run,
};

async function run(args: Arguments): Promise<number> {
  const say = (line: string) => console.error(line);
  const started = performance.now();
  const targets = findProfile(string(args, "profile") ?? defaultProfile);
  const done: Prepared = flag(args, "packages-only")
    ? { packages: await preparePackages(say), moved: [], built: [], failures: [] }
    : await prepare({ targets, locked: flag(args, "locked"), say });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (flag(args, "json")) console.log(JSON.stringify(done));
  else console.log(`${summary(done)}, ${seconds} s`);
  return done.failures.length > 0 ? exitStatus.infra : exitStatus.ok;
}

function summary({ packages, built, failures }: Prepared): string {
  if (failures.length > 0) return `${failures.length} things could not be had`;
  const count = packages.length + built.length;
  return count === 0 ? "nothing was missing" : `done: ${packages.length} packages, ${built.length} builds`;
}
