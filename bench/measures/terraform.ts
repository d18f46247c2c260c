import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hold, type Measure, median, notMeasured } from '../measure.ts';
import { isInstalled, program, time } from '../process.ts';

const name = 'scanning a Terraform state of 5,000 resources';
const against = 'terraform plan -refresh=false';

/** A whole scan, process start to exit, against the plan that Terraform makes of the same state. */
export const terraform: Measure = {
  name: 'terraform',
  async run({ quick, scratch }) {
    if (!isInstalled('terraform', ['version'])) return [notMeasured(name, against, 'terraform is not installed')];
    const folder = join(scratch, 'terraform');
    writeConfiguration(folder, 5000);
    const env = { TF_CLI_CONFIG_FILE: join(folder, 'none.tfrc'), CHECKPOINT_DISABLE: '1' };
    time('terraform', ['init', '-input=false', '-no-color'], { cwd: folder, env });
    const rounds = Array.from({ length: quick ? 1 : 3 }, () => {
      const plan = time('terraform', ['plan', '-refresh=false', '-input=false', '-no-color'], { cwd: folder, env });
      const scan = time(process.execPath, [program, 'scan', '--estate', folder, '--quiet']);
      if (plan.code !== 0 || scan.code !== 0) throw new Error(`plan ended with ${plan.code}, scan with ${scan.code}`);
      return { plan: plan.milliseconds, scan: scan.milliseconds };
    });
    const scan = median(rounds.map((round) => round.scan));
    const plan = median(rounds.map((round) => round.plan));
    return [hold({ name, measured: scan, unit: 'ms', ratio: plan / scan, against, limit: 10, atLeast: true })];
  },
};

/** Applying so many takes longer than ten minutes: the state is written as Terraform writes it. */
function writeConfiguration(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const input = (at: number) => ({
    name: `rule-${at}`,
    owner: `team-${at % 17}`,
    port: String(1024 + at),
    note: `opened for partner ${at}`,
  });
  const blocks = Array.from(
    { length: count },
    (_, at) => `resource "terraform_data" "r${at}" {\n  input = ${hcl(input(at))}\n}\n`,
  );
  writeFileSync(join(folder, 'main.tf'), blocks.join('\n'));
  const type = ['object', { name: 'string', note: 'string', owner: 'string', port: 'string' }];
  const resources = Array.from({ length: count }, (_, at) => ({
    mode: 'managed',
    type: 'terraform_data',
    name: `r${at}`,
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: [
      {
        schema_version: 0,
        attributes: {
          id: `id-${at}`,
          input: { value: input(at), type },
          output: { value: input(at), type },
          triggers_replace: null,
        },
        sensitive_attributes: [],
      },
    ],
  }));
  const state = {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    outputs: {},
    resources,
    check_results: null,
  };
  writeFileSync(join(folder, 'terraform.tfstate'), JSON.stringify(state));
  writeFileSync(join(folder, 'none.tfrc'), '');
  writeFileSync(
    join(folder, 'leeway.yaml'),
    'estate: bench\nenvironments: { production: { stage: production } }\nsources:\n  infra:\n    connector: terraform\n    declared: { state: terraform.tfstate }\n    observed: { state: terraform.tfstate }\n',
  );
}

function hcl(fields: Readonly<Record<string, string>>): string {
  return `{ ${Object.entries(fields)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join(', ')} }`;
}
