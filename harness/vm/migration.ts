/** Saving and loading a machine's state through QEMU's migration. RAM stays where it is: in its file. */
import type { Qmp } from "./qmp.ts";
import { shellQuote } from "./shell.ts";

interface Status {
  readonly status?: string;
  readonly "error-desc"?: string;
}

/** Stops the machine and writes its state, without RAM, to a file. @throws with QEMU's words */
export async function saveState(qmp: Qmp, file: string): Promise<void> {
  await qmp.execute("stop");
  await leaveOutRam(qmp);
  await qmp.execute("migrate", { uri: `exec:cat > ${shellQuote([file])}` });
  await completion(qmp);
}

/** Loads the state into a machine started with `-incoming defer`, and lets it run. @throws with QEMU's words */
export async function loadState(qmp: Qmp, file: string): Promise<void> {
  await leaveOutRam(qmp);
  await qmp.execute("migrate-incoming", { uri: `exec:cat ${shellQuote([file])}` });
  await completion(qmp);
  await qmp.execute("cont");
}

const leaveOutRam = (qmp: Qmp) =>
  qmp.execute("migrate-set-capabilities", {
    capabilities: [{ capability: "x-ignore-shared", state: true }],
  });

async function completion(qmp: Qmp): Promise<void> {
  for (;;) {
    const status = (await qmp.execute("query-migrate")) as Status;
    if (status.status === "completed") return;
    if (status.status === "failed" || status.status === "cancelled")
      throw new Error(`the machine's state cannot be moved: ${status["error-desc"] ?? status.status}`);
    await Bun.sleep(3);
  }
}
