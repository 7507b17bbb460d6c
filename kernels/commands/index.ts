/** `./scapyard kernels`: one file per command. */
import { commandGroup } from "../../harness/cli/group.ts";
import { addCommand } from "./add.ts";
import { kernelHelp } from "./choose.ts";
import { fetchCommand } from "./fetch.ts";
import { listCommand } from "./list.ts";
import { pruneCommand } from "./prune.ts";
import { updateCommand } from "./update.ts";
import { verifyCommand } from "./verify.ts";

export const kernelsCommand = commandGroup(
  "kernels",
  "list, fetch, verify, prune, add and lock kernels",
  kernelHelp,
  {
    list: listCommand,
    fetch: fetchCommand,
    verify: verifyCommand,
    prune: pruneCommand,
    add: addCommand,
    update: updateCommand,
  },
);
