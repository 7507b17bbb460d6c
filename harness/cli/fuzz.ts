import { ensureSchema } from "../../drivers/schema/build.ts";
import { fuzzTargets } from "../fuzz/targets.ts";
import { exitStatus } from "../run/exit-status.ts";
import { preparePackages } from "../setup/prepare.ts";
import { type Arguments, type OwnCommand, string, UsageError } from "./command.ts";
import { interruption } from "./interrupt.ts";

export const fuzzCommand: OwnCommand = {
  summary: "feed random bytes to what reads bytes from outside",
  usage: "[options] [TARGET...]",
  details: `Targets: ${fuzzTargets.map(({ name, about }) => `${name} (${about})`).join("; ")}. They run one after the other, with
AddressSanitizer. Inputs that reached new code stay in build/fuzz/found. An input that fails is in build/fuzz/crashes: mend what
it shows, and add it to harness/fuzz/regressions (xxd -p FILE > TARGET-WHAT.hex).`,
  options: { time: { type: "string", value: "SECONDS", help: "for each target (default: 60)" } },
  positionals: [0, fuzzTargets.length],
  run,
};

async function run(args: Arguments): Promise<number> {
  const seconds = Number(string(args, "time") ?? 60);
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new UsageError("--time takes a number of seconds from 1");
  const targets = args.positionals.length > 0 ? args.positionals.map(find) : fuzzTargets;
  const say = (line: string) => console.error(line);
  await preparePackages(say);
  await ensureSchema();
  const { fuzz } = await import("../fuzz/fuzz.ts"); // the generated schema must be there
  using signal = interruption();
  let failed = false;
  for (const target of targets) {
    if (signal.aborted) return exitStatus.interrupted;
    const result = await fuzz(target, seconds, { signal, say });
    const { runs, coverage, failure } = result;
    if (failure && !signal.aborted) console.error(failure);
    failed ||= failure !== null;
    console.log(`${target.name}: ${runs} inputs, ${coverage} edges, ${failure ? "FAILED" : "no failure"}`);
  }
  if (signal.aborted) return exitStatus.interrupted;
  return failed ? exitStatus.fail : exitStatus.ok;
}

function find(name: string) {
  const target = fuzzTargets.find((each) => each.name === name);
  const names = fuzzTargets.map((each) => each.name).join(", ");
  if (!target) throw new UsageError(`no fuzz target is called "${name}" (there are: ${names})`);
  return target;
}
