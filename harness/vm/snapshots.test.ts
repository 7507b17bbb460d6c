import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineConfig } from "./machine.ts";
import { prune, snapshotHash } from "./snapshots.ts";

function inDirectory(work: (directory: string) => Promise<void> | void): () => Promise<void> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), "store-"));
    try {
      await work(directory);
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
}

test(
  "of a slot the two used last stay; leftovers of dead processes go, those of living ones stay",
  inDirectory((store) => {
    const dead = Bun.spawnSync(["true"]).pid;
    const names = ["a.1", "a.2", "a.3", "a.b.1", `a.tmp-${dead}-0`, `a.tmp-${process.pid}-0`];
    for (const [age, name] of names.entries()) {
      mkdirSync(join(store, name));
      utimesSync(join(store, name), 1000 - age, 1000 - age);
    }
    prune(store, "a");
    expect(readdirSync(store).sort()).toEqual(["a.1", "a.2", "a.b.1", `a.tmp-${process.pid}-0`].sort());
  }),
);

test(
  "the key changes with everything that is in a snapshot, and with nothing else",
  inDirectory(async (directory) => {
    const path = (name: string, content: string) => {
      const file = join(directory, name);
      writeFileSync(file, content);
      return file;
    };
    const config: MachineConfig = {
      arch: "x86_64",
      kernel: path("kernel", "kernel"),
      initramfs: path("initramfs", "agent"),
    };
    const base = { slot: "slot", config, key: ["driver"] };
    const hash = await snapshotHash(base);
    const moved = { ...config, kernel: path("moved", "kernel") };
    expect(await snapshotHash({ ...base, slot: "other", config: moved })).toBe(hash);
    const others = [
      { ...base, key: ["another driver"] },
      { ...base, config: { ...config, cpus: 4 } },
      { ...base, config: { ...config, memory: 256 } },
      { ...base, config: { ...config, extra: [{ kernel: ["lockdown=integrity"] }] } },
      { ...base, config: { ...config, kernel: path("kernel2", "kernel 2") } },
      { ...base, config: { ...config, initramfs: path("initramfs2", "agent 2") } },
    ];
    const hashes = await Promise.all(others.map(snapshotHash));
    expect(new Set([hash, ...hashes]).size).toBe(1 + others.length);
  }),
);
