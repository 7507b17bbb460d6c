/** A kernel of each architecture: boots, answers, becomes a snapshot, starts again from it, and panics audibly. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testedArchitectures } from "../../run/tested-kernels.ts";
import { restore } from "../snapshot.ts";
import { cachedSnapshot } from "../snapshots.ts";
import { ask, testGuest } from "../testing/guest.ts";

setDefaultTimeout(240_000);

for (const { id } of testedArchitectures())
  test(`clones of a guest with ${id}`, async () => {
    const store = mkdtempSync(join(tmpdir(), "snapshots-"));
    try {
      const spec = { slot: "test", config: await testGuest(id), key: [] };
      const snapshot = await cachedSnapshot(
        spec,
        async (machine) => void (await ask(machine, "c", 1)),
        store,
      );
      await using one = await restore(snapshot);
      await using other = await restore(snapshot);
      expect([await ask(one, "c", 1), await ask(one, "c", 1), await ask(other, "c", 1)]).toEqual([
        "2",
        "3",
        "2",
      ]);
      expect(await ask(one, "p").catch((error) => error)).toMatchObject({ cause: "guest-panic" });
      expect(one.qemu.panic).toBe("sysrq triggered crash");
    } finally {
      rmSync(store, { recursive: true });
    }
  });
