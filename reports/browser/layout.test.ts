import { expect, test } from "bun:test";
import { layoutOf, type Pivot } from "./layout.ts";
import type { Model } from "./model.ts";

const names = [
  "s390x/debian-6.1/kmod",
  "x86_64/debian-6.1/kmod",
  "x86_64/debian-6.1/modern_bpf",
  "s390x/debian-7.2/kmod",
];
const targets = names.map((name) => ({ name, about: [], outcomes: "", ms: "", causes: [], history: [] }));
const model: Model = { runs: [], syscalls: ["close", "open"], targets, marks: [], cells: [] };
const yes = () => true;
const all = { has: yes, hasTarget: yes, hasSyscall: yes };
const matches = { filtering: false, count: 0, targets: [0, 1, 2, 3], syscalls: [0, 1], ...all };

test.each([
  ["arch", "s390x/debian-6.1: kmod | x86_64/debian-6.1: kmod, modern_bpf | s390x/debian-7.2: kmod"],
  ["kernel", "debian-6.1: s390x kmod, x86_64 kmod, x86_64 modern_bpf | debian-7.2: s390x kmod"],
  ["driver", "kmod: s390x/debian-6.1, x86_64/debian-6.1, s390x/debian-7.2 | modern_bpf: x86_64/debian-6.1"],
] as const)("columns by %s", (pivot, expected) => {
  const { columns } = layoutOf(model, matches, pivot);
  const groups = [...Map.groupBy(columns.heads, ({ group }) => group)];
  const shown = groups.map(([group, heads]) => `${group}: ${heads.map(({ label }) => label).join(", ")}`);
  expect(shown.join(" | ")).toBe(expected);
});

test("a cell of any layout is that of its heads", () => {
  for (const pivot of ["arch", "kernel", "driver", "target"] satisfies Pivot[]) {
    const { rows, columns, at } = layoutOf(model, matches, pivot);
    for (const [row, { label: rowLabel }] of rows.heads.entries())
      for (const [column, { group, label }] of columns.heads.entries()) {
        const { target, syscall } = at(row, column);
        const said = `${rowLabel} ${group} ${label}`;
        expect(said).toContain(model.syscalls[syscall]!);
        for (const part of names[target]!.split("/")) expect(said).toContain(part);
      }
  }
});
