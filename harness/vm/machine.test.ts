/** Real machines: boot, talk, save, restore, and every way to end badly. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/root.ts";
import { kernelBoots } from "./accel.ts";
import { archMachine } from "./arch/index.ts";
import { BootError } from "./error.ts";
import { kernelArguments } from "./intentions.ts";
import { boot, type Machine, type MachineConfig } from "./machine.ts";
import { restore, type Snapshot } from "./snapshot.ts";
import { cachedSnapshot, type SnapshotSpec } from "./snapshots.ts";
import { ask, testGuest } from "./testing/guest.ts";

setDefaultTimeout(120_000);

let guest: MachineConfig;
let store: string;
let spec: SnapshotSpec;
let snapshot: Snapshot;

const make = () => cachedSnapshot(spec, async (machine) => void (await ask(machine, "c", 1)), store);

beforeAll(async () => {
  guest = await testGuest();
  store = mkdtempSync(join(tmpdir(), "snapshots-"));
  spec = { slot: "test", config: guest, key: [] };
  snapshot = await make();
});
afterAll(() => rmSync(store, { recursive: true }));

/** The BootError that a promise ends with. */
async function failure(promise: Promise<unknown>): Promise<BootError> {
  const error = await promise.then(
    () => expect.unreachable("this should fail"),
    (error) => error,
  );
  expect(error).toBeInstanceOf(BootError);
  return error as BootError;
}

test("clones start where the snapshot was taken, and do not see each other", async () => {
  await using one = await restore(snapshot);
  await using other = await restore(snapshot);
  expect([await ask(one, "c", 1), await ask(one, "c", 1), await ask(other, "c", 1)]).toEqual(["2", "3", "2"]);
  await using later = await restore(snapshot);
  expect(await ask(later, "c", 1)).toBe("2");
});

test("a megabyte goes through the channel and back unchanged", async () => {
  await using machine = await restore(snapshot);
  const text = "0123456789abcdef".repeat(65_536);
  expect((await ask(machine, text)) === text).toBe(true);
});

test("the same spec is the same snapshot, made once by two at a time", async () => {
  expect((await make()).directory).toBe(snapshot.directory);
  const fresh = { ...spec, slot: "twice" };
  let boots = 0;
  const twice = () => cachedSnapshot(fresh, async () => void boots++, store);
  const [a, b] = await Promise.all([twice(), twice()]);
  expect([a.directory === b.directory, boots]).toEqual([true, 1]);
});

test("a failing maker leaves nothing behind", async () => {
  const broken = cachedSnapshot(
    { ...spec, slot: "broken" },
    () => Promise.reject(new Error("no driver")),
    store,
  );
  expect(broken).rejects.toThrow("no driver");
  await broken.catch(() => {});
  expect(readdirSync(store).filter((name) => name.startsWith("broken"))).toEqual([]);
});

test("a snapshot whose clones do not work is made once more", async () => {
  let [made, proved] = [0, 0];
  const prove = async (clone: Machine) => {
    expect(await ask(clone, "c", 1)).toBe("2");
    if (++proved === 1) throw new Error("the clone is deaf");
  };
  const make = async (machine: Machine) => {
    made++;
    await ask(machine, "c", 1);
  };
  const proven = await cachedSnapshot({ ...spec, slot: "proven", prove }, make, store);
  expect([made, proved]).toEqual([2, 2]);
  await using clone = await restore(proven);
  expect(await ask(clone, "c", 1)).toBe("2");
});

test("… and given up if they do not work then, either", async () => {
  const prove = () => Promise.reject(new Error("the clone is deaf"));
  const deaf = cachedSnapshot({ ...spec, slot: "deaf", prove }, async () => {}, store);
  await expect(deaf).rejects.toThrow("the clone is deaf");
  expect(readdirSync(store).filter((name) => name.startsWith("deaf"))).toEqual([]);
});

test("a panic is told as one, with its console and the QEMU line", async () => {
  await using machine = await restore(snapshot);
  const error = await failure(ask(machine, "p"));
  expect(error.cause).toBe("guest-panic");
  expect(error.console).toContain("sysrq: Trigger a crash");
  expect(error.message).toContain("Kernel panic - not syncing: sysrq triggered crash\n");
  expect(error.qemuLine).toStartWith("qemu-system-x86_64 -nodefaults ");
});

test("a guest that powers off in the middle is a broken channel", async () => {
  await using machine = await restore(snapshot);
  expect((await failure(ask(machine, "q"))).cause).toBe("channel");
});

test("a guest that does not answer is a timeout", async () => {
  await using machine = await restore(snapshot);
  const error = await failure(machine.within(10, "an answer", machine.channel.read()));
  expect([error.cause, error.summary.startsWith("waited for an answer")]).toEqual(["timeout", true]);
});

test("a guest without init is a panic while booting", async () => {
  const error = await failure(
    boot({ ...guest, extra: [kernelArguments("rdinit=/nothing", "init=/nothing")] }),
  );
  expect([error.cause, error.summary.startsWith("the kernel panicked while booting: ")]).toEqual([
    "guest-panic",
    true,
  ]);
});

test("the probe recognises an accelerator that boots, and one that does not in time", async () => {
  const arch = archMachine(guest.arch);
  expect(await kernelBoots(arch, guest.kernel, "tcg", 100_000)).toBe(true);
  expect(await kernelBoots(arch, guest.kernel, "tcg", 100)).toBe(false);
});

test("a guest that hangs while booting is a timeout", async () => {
  const stopped = { qemu: ["-S"] };
  expect((await failure(boot({ ...guest, extra: [stopped] }, 100))).cause).toBe("timeout");
});

test("a file that is no kernel is a boot error in QEMU's words", async () => {
  const kernel = join(store, "no-kernel");
  writeFileSync(kernel, "\x7fELF, but no more");
  const error = await failure(boot({ ...guest, kernel }));
  expect([error.cause, /kernel/.test(error.summary)]).toEqual(["boot", true]);
});

test("a kernel that was cut off is a boot error in QEMU's words", async () => {
  const kernel = join(store, "half-a-kernel");
  const whole = readFileSync(guest.kernel);
  writeFileSync(kernel, whole.subarray(0, whole.length >> 1));
  const error = await failure(boot({ ...guest, kernel }));
  expect(["boot", "guest-panic"]).toContain(error.cause);
  expect(error.qemuLine).toContain("half-a-kernel");
});

test("four processors", async () => {
  await using machine = await boot({ ...guest, cpus: 4 });
  expect(await ask(machine, "s", 1)).toBe("4");
});

/** Starts a process that restores the snapshot, prints QEMU's pid and sleeps. */
async function processWithMachine(): Promise<{
  child: Bun.Subprocess<"ignore", "pipe", "inherit">;
  qemu: number;
}> {
  const script = `
    import { restore } from "./harness/vm/snapshot.ts";
    const machine = await restore(${JSON.stringify(snapshot)});
    console.log(machine.qemu.pid);
    await Bun.sleep(1e6);`;
  const child = Bun.spawn([process.execPath, "-e", script], { cwd: root, stdout: "pipe", stderr: "inherit" });
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return { child, qemu: Number(new TextDecoder().decode(value)) };
}

test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
  "no machine outlives a process that ends by %s",
  async (signal) => {
    const { child, qemu } = await processWithMachine();
    const command = () =>
      Bun.file(`/proc/${qemu}/cmdline`)
        .text()
        .catch(() => "");
    expect(await command()).toContain("qemu-system-x86_64");
    child.kill(signal);
    await child.exited;
    for (let tries = 0; (await command()).includes("qemu") && tries < 500; tries++) await Bun.sleep(10);
    expect(await command()).not.toContain("qemu");
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`scapyard-vm-${child.pid}-`))).toEqual([]);
  },
);
