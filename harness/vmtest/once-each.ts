import type { Agent } from "../agent/client.ts";
import type { Guest, RunRequest } from "../run/guest.ts";
import { VmGuest } from "../run/vm-guest.ts";
import { BootError } from "../vm/index.ts";

/** A guest in which every program has run once: to ask again is to get the same answer. */
export function onceEach(agent: Agent, said: { readonly console: string }): Guest {
  const guest = new VmGuest(
    {
      failure: (cause, summary) =>
        new BootError(cause, summary, { console: said.console, qemuLine: "(vmtest's)" }),
      [Symbol.asyncDispose]: async () => {},
    },
    agent,
  );
  const answers = new Map<RunRequest, ReturnType<Guest["run"]>>();
  return {
    run: (request) => answers.getOrInsertComputed(request, () => guest.run(request)),
    [Symbol.asyncDispose]: async () => {},
  };
}
