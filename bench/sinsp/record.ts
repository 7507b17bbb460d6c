/** A large capture of `workload.c`, recorded in a VM: `build/bench/workload.scap`. */
import { readFileSync } from "node:fs";
import { syscalls } from "#schema/syscalls";
import { buildPath } from "../../harness/build/root.ts";
import { ensure, type Step } from "../../harness/build/step.ts";
import { program } from "../../harness/program/index.ts";
import { openGuestWith } from "../../harness/run/open-guest.ts";
import { type MachineInfo, ScapReader, ScapWriter } from "../../lib/scap/index.ts";
import { workload } from "./workload.ts";

export const workloadCapture = buildPath("bench", "workload.scap");
const arch = "x86_64";
const kernel = "debian-6.12";
/** Events of the capture, at least. */
const wanted = 1_000_000;
/** Rounds of one run: its capture must fit a frame of the agent's. */
const rounds = 60;

export const recordStep: Step = {
  name: "bench-workload-capture",
  inputs: ["bench/sinsp/{workload.c,record.ts}"],
  needs: [workload],
  outputs: [workloadCapture],
  run: record,
};

async function record(): Promise<void> {
  const { guest } = await openGuestWith(arch, kernel, ["modern_bpf"], {
    load: { bufferBytes: 64 << 20 },
    memory: 1024,
  });
  await using _ = guest;
  await guest.agent.putFile("/workload", readFileSync(buildPath(arch, "workload")), 0o755);
  using writer = ScapWriter.open({ path: workloadCapture });
  for (let events = 0; events < wanted; ) {
    const { streams } = await guest.agent.run(workloadProgram(), {
      interest: syscalls.map(({ sc }) => sc),
      timeoutMs: 60_000,
    });
    const { scap, stats } = streams[0]!;
    if (stats.lostRing + stats.lostScratch > 0) throw new Error(`the driver lost ${stats.lostRing} events`);
    events += append(writer, scap, events === 0);
  }
}

const workloadProgram = () =>
  program(arch, (p) => {
    p.execve("/workload", p.pointers(["/workload", `${rounds}`]), p.pointers(["PATH=/bin"]));
  });

/** All runs were on the same machine, one after the other: together they are one capture. */
function append(writer: ScapWriter, scap: Uint8Array, isFirst: boolean): number {
  using reader = ScapReader.open({ bytes: scap });
  const machine: MachineInfo | null = reader.machineInfo();
  if (isFirst && machine) writer.machineInfo(machine);
  let events = 0;
  for (const batch of reader.batches()) {
    writer.batch(batch);
    events += batch.count;
  }
  return events;
}

if (import.meta.main) await ensure(recordStep, (line) => console.error(line));
