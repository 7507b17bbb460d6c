import { rmSync } from "node:fs";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";

const run = $({ cwd: root, quiet: true, verbose: false });
const requirements = "matrix/ci/requirements.txt";

/** `kubernetes-validate`, in a Python environment of its own. */
export function kubernetesValidate(): Step {
  const environment = buildPath("kubernetes-validate");
  return {
    name: "kubernetes-validate",
    inputs: [requirements],
    outputs: [`${environment}/bin/kubernetes-validate`],
    async run() {
      rmSync(environment, { recursive: true, force: true });
      await run`python3 -m venv ${environment}`;
      await run`${environment}/bin/pip install --quiet --disable-pip-version-check --requirement ${requirements}`;
    },
  };
}
