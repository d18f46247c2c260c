import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { program } from './built.ts';
import { isInstalled, timed } from './child.ts';
import { figure, held, information, median, notMeasured, type Result } from './result.ts';

const limit = { atLeast: 10 };
const resources = 5000;
const rounds = 3;
const name = `scan of a Terraform state of ${resources.toLocaleString('en')} resources, whole process`;

/** Scanning a state against planning on it. The plan has no provider to wait for: `terraform_data` is built in. */
export const terraform: Benchmark = {
  name: 'terraform',
  async run({ scratch, say }): Promise<readonly Result[]> {
    if (!isInstalled('terraform', ['version'])) return [notMeasured(name, 'terraform is not installed', limit)];
    const folder = join(scratch, 'terraform');
    writeWorkspace(folder);
    say('terraform init');
    timed(['terraform', 'init', '-input=false'], { cwd: folder, env });
    const leeway = [...program(say), 'scan'];
    const first = timed(leeway, { cwd: folder });
    const scans: number[] = [];
    const plans: number[] = [];
    for (let round = 0; round < rounds; round++) {
      say(`round ${round + 1} of ${rounds}`);
      scans.push(timed(leeway, { cwd: folder }).milliseconds);
      const plan = timed(['terraform', 'plan', '-refresh=false', '-lock=false', '-input=false'], { cwd: folder, env });
      if (!plan.stdout.includes('No changes'))
        throw new Error('the generated state is not what the configuration says');
      plans.push(plan.milliseconds);
    }
    const ratio = median(plans) / median(scans);
    const against = `terraform plan -refresh=false: ${figure(median(plans) / 1000)} s`;
    return [
      held(name, median(scans) / 1000, 's', ratio, against, limit),
      information('the first scan, which makes the store', first.milliseconds / 1000, 's'),
    ];
  },
};

/** A configuration file of the machine's own may name mirrors that are not there. */
const env = { ...process.env, TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };

function writeWorkspace(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('main.tf', Array.from({ length: resources }, (_, at) => block(at)).join('\n'));
  write('terraform.tfstate', JSON.stringify(state()));
  write('leeway.yaml', estate);
}

const estate = `estate: bench
environments:
  production: { stage: production }
sources:
  infrastructure:
    connector: terraform
    observed: { state: terraform.tfstate }
`;

function input(at: number): Record<string, string> {
  return { name: `orders-${at}`, size: `db.r6g.${at % 8}xlarge`, owner: 'platform', zone: `eu-west-1${'abc'[at % 3]}` };
}

function block(at: number): string {
  const fields = Object.entries(input(at)).map(([key, value]) => `    ${key} = "${value}"`);
  return `resource "terraform_data" "orders_${at}" {\n  input = {\n${fields.join('\n')}\n  }\n}\n`;
}

/** The state that applying the configuration would leave; applying it takes more than ten minutes. */
function state(): unknown {
  const type = ['object', Object.fromEntries(Object.keys(input(0)).map((key) => [key, 'string']))];
  const resource = (at: number) => {
    const value = { value: input(at), type };
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    return {
      mode: 'managed',
      type: 'terraform_data',
      name: `orders_${at}`,
      provider: 'provider["terraform.io/builtin/terraform"]',
      instances: [
        {
          schema_version: 0,
          attributes: { id, input: value, output: value, triggers_replace: null },
          sensitive_attributes: [],
        },
      ],
    };
  };
  return {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    outputs: {},
    resources: Array.from({ length: resources }, (_, at) => resource(at)),
    check_results: null,
  };
}
