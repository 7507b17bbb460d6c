/** `run --target host`, inside of virtual machines: never on the machine that runs the tests. */
import { expect, test } from "bun:test";
import { boot, kernelArguments } from "../../vm/index.ts";
import { parseResults } from "../read-results.ts";
import { type HostState, refusal } from "./refusal.ts";
import { systemGuest } from "./testing/system.ts";

const fine: HostState = { consent: true, root: true, cgroups: true, btf: true };

test.each([
  ["consent", "--this-kernel"],
  ["root", "takes root"],
  ["cgroups", "cgroup v2"],
  ["btf", "BTF"],
] as const)("without %s it is refused with the reason", (what, reason) => {
  expect(refusal("modern_bpf", fine)).toBeUndefined();
  expect(refusal("modern_bpf", { ...fine, [what]: false })).toContain(reason);
});

test("the kernel module is for virtual machines", () => {
  expect(refusal("kmod", fine)).toContain("virtual machines only");
});

const words = ["harness/cli/main.ts", "run", "--target", "host", "--this-kernel", "--json"];
const selected = ["--case", "close/*", "--case", "dup/*", "--case", "openat/*"];
const output = ["--results", "/results", "--report", "/report/index.html"];

/** What the guest wrote to its port until it ended. */
async function scapyardInGuest(arch: "x86_64" | "aarch64", kernel: string, extra: string[] = []) {
  const config = await systemGuest(
    arch,
    kernel,
    [...words, ...selected, ...output],
    [kernelArguments(...extra)],
  );
  await using machine = await boot(config);
  let text = "";
  const decoder = new TextDecoder();
  while (!/\nstatus -?\d+\n$/.test(text)) {
    const bytes = await machine.within(60_000, "the results", machine.channel.read());
    if (bytes === null) throw machine.failure("channel", `the guest ended early: ${text}`);
    text += decoder.decode(bytes, { stream: true });
  }
  const [results, status] = text.split(/\nstatus (?=-?\d+\n$)/);
  return { status: Number(status), lines: parseResults(results!).lines, console: machine.console };
}

const patience = 900_000;

/** Bun for another architecture is 40 MB more, and minutes in an emulated guest. */
const everywhere = process.env.SCAPYARD_HOST_TESTS === "all";
const left = everywhere ? "" : " [skipped: takes minutes; SCAPYARD_HOST_TESTS=all runs it]";

test.each([["x86_64", "6.12"]] as const)(
  "cases pass on the running kernel of a guest with Bun: %s, Linux %s",
  passesInGuest,
  patience,
);

test.skipIf(!everywhere).each([["aarch64", "7.3"]] as const)(
  `cases pass on the running kernel of a guest with Bun: %s, Linux %s${left}`,
  passesInGuest,
  3 * patience,
);

async function passesInGuest(arch: "x86_64" | "aarch64", series: string): Promise<void> {
  const { status, lines, console } = await scapyardInGuest(arch, `debian-${series}`);
  const cases = lines.filter((line) => line.kind === "case");
  const said = cases.map(({ case: id, outcome, reason }) => `${id} ${outcome} ${reason ?? ""}`);
  expect({ said: said.filter((line) => !/ (pass|unsupported) /.test(line)), console }).toMatchObject({
    said: [],
  });
  const passed = cases.filter(({ outcome }) => outcome === "pass");
  expect(passed.length).toBeGreaterThan(5);
  expect(new Set(cases.map(({ target }) => target))).toEqual(new Set([`${arch}/host/modern_bpf`]));
  const [target] = lines.filter((line) => line.kind === "target");
  expect(target).toMatchObject({ kernel: { name: "host", series }, attach: expect.any(String) });
  expect(status).toBe(0);
}
