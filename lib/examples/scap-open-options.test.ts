/** Each option of scap-open that a driver gives a meaning, in one guest; exit status 95 in another. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { PPME } from "#schema/events";
import { PPM_SC } from "#schema/syscalls";
import { defaultTarget, parseTarget } from "../../harness/run/target.ts";
import { kernelArguments } from "../../harness/vm/index.ts";
import { counters, engines, eventLines, ScapOpenGuest } from "./testing/guest.ts";

setDefaultTimeout(1_200_000);

const { arch, kernel } = parseTarget(defaultTarget);
const sc = (name: keyof typeof PPM_SC) => ["--ppm_sc", String(PPM_SC[name])];

/** An event without parameters of its own. */
const sleeping = `syscall ID=${PPM_SC.CLOCK_NANOSLEEP}`;

/** Names of the events, each once. */
const kinds = (text: string) =>
  [...new Set(eventLines(text).map((line) => /[<>] (\w+(?: ID=\d+)?)/.exec(line)![1]!))].sort();
/** Exits alone: when a call begins, nobody knows whether it will fail. */
const opened = (text: string) => [...text.matchAll(/ < openat .* name="(.*?)"/g)].map(([, name]) => name!);

describe("with a driver", () => {
  let guest: ScapOpenGuest;
  beforeAll(async () => {
    guest = await ScapOpenGuest.boot(arch, kernel);
  });
  afterAll(() => guest?.[Symbol.asyncDispose]());

  async function run(...options: string[]): Promise<string> {
    const { text, status } = await guest.runBeside(...options);
    expect({ text, status }).toMatchObject({ status: 0 });
    return text;
  }

  test("--buffer_dim, --available_cpus, --cpus_for_buf, --verbose", async () => {
    const size = ["--buffer_dim", "1048576"];
    const bpf = await run(...engines.modern_bpf, ...size, "--cpus_for_buf", "0", "--num_events", "9");
    expect(counters(bpf)).toMatchObject({ rings: 1, ringBytes: 1048576 });
    expect(bpf).not.toContain("loaded:");
    const kmod = [...engines.kmod, ...size, "--available_cpus", "--num_events", "9", "--verbose", "6"];
    const text = await run(...kmod);
    expect(counters(text)).toMatchObject({ rings: 1, ringBytes: 1048576 });
    expect(text).toMatch(/^loaded: kmod module \(sha256 [0-9a-f]{12}…\) in \d/m);
  });

  test("--ppm_sc is repeated; --simple_set adds to it", async () => {
    const both = [...sc("OPENAT"), ...sc("CLOSE"), "--num_events", "12"];
    expect(kinds(await run(...engines.kmod, ...both))).toEqual(["close", "openat"]);
    // Of the set: openat and close, but not clock_nanosleep.
    const sleep = [...sc("CLOCK_NANOSLEEP"), "--num_events", "40"];
    expect(kinds(await run(...engines.kmod, ...sleep))).toEqual([sleeping]);
    const set = await run(...engines.kmod, ...sleep, "--simple_set");
    expect(kinds(set)).toEqual(["close", "openat", sleeping]);
  });

  test.each(Object.entries(engines))("--drop-failed: %s", async (_, engine) => {
    const some = [...engine, ...sc("OPENAT"), "--num_events", "8"];
    expect(new Set(opened(await run(...some, "--drop-failed")))).toEqual(new Set(["/init"]));
  });

  test("--evt_type: other events are read, but not printed", async () => {
    const some = [...sc("OPENAT"), ...sc("CLOSE"), "--num_events", "5", "--evt_type"];
    const text = await run(...engines.kmod, ...some, String(PPME.SYSCALL_CLOSE_X));
    expect(kinds(text)).toEqual(["close"]);
    expect(counters(text).read).toBeGreaterThan(8);
  });

  test("a module that is not there", async () => {
    const { text, status } = await guest.run("--kmod", "--module", "/none.ko");
    expect({ text, status }).toEqual({
      text: "scap-open: no-module: /none.ko: No such file or directory\n",
      status: 1,
    });
  });
});

test("95 where modern BPF is not supported, with the reason", async () => {
  await using guest = await ScapOpenGuest.boot(arch, kernel, [kernelArguments("lockdown=confidentiality")]);
  const { text, status } = await guest.run("--modern_bpf");
  expect({ status, text }).toMatchObject({ status: 95 });
  expect(text).toContain("scap-open: lockdown: ");
});
