import { kernelsCommand as main } from "../../kernels/commands.ts";
import type { Delegate } from "./command.ts";

export const kernelsCommand: Delegate = {
  summary: "list, fetch, verify and lock kernels",
  delegate: (argv) => main([...argv]),
};
