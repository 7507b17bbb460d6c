import { preparePackages } from "../setup/prepare.ts";
import { type Arguments, type OwnCommand, string, UsageError } from "./command.ts";

/** Loaded when they are run: each brings its own dependencies. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  scap: async () => (await import("../../bench/scap/run.ts")).benchScap,
  sinsp: async () => (await import("../../bench/sinsp/run.ts")).benchSinsp,
};

/** Measures, and returns the text to print. `say` is for what takes time before that. */
type Bench = (rounds: number, say: (line: string) => void) => Promise<string>;

export const benchCommand: OwnCommand = {
  summary: "measure how fast captures are read, filtered and printed",
  usage: `[options] [${Object.keys(benches).join("|")}]`,
  details:
    "Measures CPU time, so other work on the machine disturbs little. Without a name, everything is measured.",
  options: {
    rounds: {
      type: "string",
      value: "N",
      help: "measure N times, sinsp until N more bring nothing better (default: 5)",
    },
  },
  positionals: [0, 1],
  run,
};

async function run(args: Arguments): Promise<number> {
  const rounds = Number(string(args, "rounds") ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError("--rounds takes a number from 1");
  await preparePackages((line) => console.error(line));
  const names = args.positionals.length > 0 ? args.positionals : Object.keys(benches);
  for (const name of names) {
    const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
    if (!load)
      throw new UsageError(
        `no benchmark is called "${name}" (there are: ${Object.keys(benches).join(", ")})`,
      );
    const bench = await load();
    process.stdout.write(await bench(rounds, (line) => console.error(line)));
  }
  return 0;
}
