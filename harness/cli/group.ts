/** A command that is a family of commands: `scapyard kernels fetch`. */
import { exitStatus } from "../run/exit-status.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { type Delegate, type OwnCommand, parseCommand, UsageError } from "./command.ts";
import { commandHelp, groupHelp } from "./help.ts";

/** @param details what `--help` says below the list of members */
export function commandGroup(
  name: string,
  summary: string,
  details: string,
  members: Readonly<Record<string, OwnCommand>>,
): Delegate {
  const help = () => process.stdout.write(groupHelp(name, summary, details, members));
  return {
    summary,
    async delegate([member, ...rest]) {
      if (member === undefined) throw new UsageError("an argument is missing");
      if (member === "--help" || member === "-h") {
        help();
        return exitStatus.ok;
      }
      if (!Object.hasOwn(members, member)) {
        const kind = member.startsWith("-") ? "option" : "command";
        throw new UsageError(`unknown ${kind} ${name} ${member}${didYouMean(member, Object.keys(members))}`);
      }
      const command = members[member]!;
      const args = parseCommand(command, rest);
      if (args.values.help !== true) return command.run(args);
      process.stdout.write(commandHelp(`${name} ${member}`, command));
      return exitStatus.ok;
    },
  };
}
