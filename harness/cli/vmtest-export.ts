import { join, resolve } from "node:path";
import { exitStatus } from "../run/exit-status.ts";
import { loadCases } from "../run/list-cases.ts";
import { NoMatch, select } from "../run/select.ts";
import { formatTarget } from "../run/target.ts";
import { prepare } from "../setup/prepare.ts";
import { type Arguments, type OwnCommand, strings, UsageError } from "./command.ts";
import { profileOf, targetOptions } from "./find-profile.ts";
import { shownPath } from "./shown-path.ts";

export const vmtestExportCommand: OwnCommand = {
  summary: "write targets as directories that plain vmtest runs",
  usage: "[options] DIRECTORY",
  details: `DIRECTORY/<arch>_<kernel>_<driver> gets a vmtest.toml: cd there and run vmtest. The agent runs all cases and leaves its replies,
captures included, in replies.bin beside it. To have them judged: run --vm vmtest.`,
  options: {
    ...targetOptions,
    case: { type: "string", multiple: true, value: "GLOB", help: "only these cases (repeatable)" },
  },
  positionals: [1, 1],
  run,
};

async function run(args: Arguments): Promise<number> {
  const profile = profileOf(args);
  const named = new Map(profile.map((target) => [formatTarget(target), target]));
  const cases = await loadCases();
  const chosen = matching(() => select("target", strings(args, "target"), [...named.keys()]));
  const ids = new Set(
    matching(() =>
      select(
        "case",
        strings(args, "case"),
        cases.map(({ id }) => id),
      ),
    ),
  );
  const targets = chosen.map((name) => named.get(name)!);
  const say = (line: string) => console.error(line);
  await prepare({ targets, locked: false, say });
  const { exportBatch } = await import("../vmtest/batch.ts");
  for (const target of targets) {
    const directory = join(resolve(args.positionals[0]!), formatTarget(target).replaceAll("/", "_"));
    await exportBatch(
      target,
      cases.filter(({ id }) => ids.has(id)),
      directory,
      say,
    );
    console.log(shownPath(directory));
  }
  return exitStatus.ok;
}

function matching(choose: () => string[]): string[] {
  try {
    return choose();
  } catch (error) {
    if (error instanceof NoMatch) throw new UsageError(error.message);
    throw error;
  }
}
