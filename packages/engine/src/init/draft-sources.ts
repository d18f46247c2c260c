import type { Discovery, FoundDatabase } from './discover.ts';
import { findStage, stageNames } from './stages.ts';

/** One source of the first estate. Settings are written in the order given. */
export interface SourceDraft {
  readonly id: string;
  readonly connector: string;
  readonly environments: readonly string[];
  readonly planes: Readonly<Partial<Record<'declared' | 'applied' | 'observed', Settings>>>;
  /** Said above the source. */
  readonly comment?: string;
}
type Settings = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>;

/** An environment of the first estate with the parameters its sources use. */
export interface EnvironmentDraft {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface EstateDraft {
  readonly environments: readonly EnvironmentDraft[];
  readonly sources: readonly SourceDraft[];
  /** What was found but fits no source by itself; written as comments. */
  readonly remarks: readonly string[];
}

/** Where no path, context or variable names a stage. */
const onlyEnvironment = 'production';
/** Longest list of patterns in one source; more than this is for a person to group. */
const mostPatterns = 12;
/** Characters a glob would take for its own. */
const globCharacters = /[*?{}[\]]/;

/** Patterns by the environments they are there for. */
interface Spread {
  readonly environments: readonly string[];
  readonly patterns: readonly string[];
}

/** Builds environments and sources from what was discovered. Pure. */
export function draftEstate(found: Discovery): EstateDraft {
  const spelling = chooseSpellings(found);
  const stages = stageNames.filter((stage) => spelling.has(stage));
  const names = stages.length > 0 ? stages : [onlyEnvironment];
  const spread = (paths: readonly string[]) => spreadPaths(paths, spelling, names);
  const contexts = assignContexts(found.kubeContexts);
  const databases = draftDatabases(found, names);
  const sources = [
    ...draftTerraform(found, spread),
    ...draftKubernetes(found, spread, contexts),
    ...databases.sources,
    ...draftFiles('rules', 'prometheus', spread(found.ruleFiles), (patterns) => ({ declared: { files: patterns } })),
    ...draftFiles('certificates', 'certificates', spread(found.certificates), (patterns) => ({
      observed: { files: patterns },
    })),
    ...draftFiles('compose', 'settings-files', spread(found.composeFiles), (patterns) => ({
      declared: { files: patterns },
    })),
    ...draftFiles('settings', 'settings-files', spread(found.settingsFiles), (patterns) => ({
      declared: { files: patterns },
    })),
  ];
  return {
    environments: names.map((name) => ({
      name,
      parameters: {
        ...(spelling.has(name) && { env: spelling.get(name) ?? name }),
        ...(contexts.has(name) && { context: contexts.get(name) ?? '' }),
        ...databases.parameters.get(name),
      },
    })),
    sources,
    remarks: remarkOn(found, contexts),
  };
}

/** How each stage is spelt most often in paths; ties go to the one met first. */
function chooseSpellings(found: Discovery): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  const { kubeContexts: _, databases: __, truncated: ___, ...paths } = found;
  for (const path of Object.values(paths).flat()) {
    const staged = findStage(path);
    if (!staged) continue;
    const bySpelling = counts.get(staged.stage) ?? new Map<string, number>();
    counts.set(staged.stage, bySpelling.set(staged.spelling, (bySpelling.get(staged.spelling) ?? 0) + 1));
  }
  const others = [...found.kubeContexts, ...found.databases.map(({ variable }) => variable)].flatMap(
    (text) => findStage(text) ?? [],
  );
  const chosen = new Map(
    [...counts].map(([stage, all]) => [stage, [...all].sort((a, b) => b[1] - a[1])[0]?.[0] ?? stage]),
  );
  for (const { stage, spelling } of others) if (!chosen.has(stage)) chosen.set(stage, spelling.toLowerCase());
  return chosen;
}

/** Groups paths by the set of environments each pattern is found in, so that one source serves them all. */
function spreadPaths(
  paths: readonly string[],
  spelling: ReadonlyMap<string, string>,
  names: readonly string[],
): Spread[] {
  const byPattern = new Map<string, Set<string>>();
  for (const path of paths) {
    if (globCharacters.test(path)) continue;
    const staged = findStage(path);
    const fits = staged && spelling.get(staged.stage) === staged.spelling;
    const pattern = fits ? staged.template : path;
    const environment = staged && names.includes(staged.stage) ? staged.stage : (names[0] ?? onlyEnvironment);
    byPattern.set(pattern, (byPattern.get(pattern) ?? new Set()).add(environment));
  }
  const byEnvironments = Map.groupBy(byPattern, ([, environments]) =>
    names.filter((name) => environments.has(name)).join(' '),
  );
  return [...byEnvironments].map(([environments, patterns]) => ({
    environments: environments.split(' '),
    patterns: patterns.map(([pattern]) => pattern).sort(),
  }));
}

type Spreader = (paths: readonly string[]) => Spread[];

/** `settings`, `settings-2`, …: one source for each set of environments. */
function draftFiles(
  id: string,
  connector: string,
  spreads: readonly Spread[],
  planes: (patterns: readonly string[]) => SourceDraft['planes'],
): SourceDraft[] {
  return spreads.map(({ environments, patterns }, index) => ({
    id: index === 0 ? id : `${id}-${index + 1}`,
    connector,
    environments,
    planes: planes(patterns.slice(0, mostPatterns)),
    ...(patterns.length > mostPatterns && {
      comment: `${patterns.length - mostPatterns} more files like these were found; group them with globs.`,
    }),
  }));
}

function draftTerraform(found: Discovery, spread: Spreader): SourceDraft[] {
  return [
    ...draftFiles('infrastructure', 'terraform', spread(found.terraformPlans), (plan) => ({
      declared: { plan },
      observed: { plan, side: 'refreshed' },
    })),
    ...draftFiles('infrastructure-state', 'terraform', spread(found.terraformStates), (state) => ({
      observed: { state },
    })).map((source) => ({
      ...source,
      comment: 'A state is what Terraform last saw. To hold it against the code, add declared: {plan: plan.json}.',
    })),
  ];
}

/** Declared where there are manifests, observed where there is a context; both in one source where both are known. */
function draftKubernetes(found: Discovery, spread: Spreader, contexts: ReadonlyMap<string, string>): SourceDraft[] {
  const folders = [...new Set(found.manifests.map((path) => path.split('/').slice(0, -1).join('/') || path))];
  const outermost = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
  const observed = { cluster: { context: '{context}' } };
  const declared = [
    ...spread(outermost).map((each) => ({ ...each, setting: 'manifests' })),
    ...spread(found.kustomizations).map((each) => ({ ...each, setting: 'kustomize' })),
  ];
  const sources = declared.map(({ environments, patterns, setting }, index): SourceDraft => {
    const isLive = index === 0 && environments.every((name) => contexts.has(name));
    return {
      id: index === 0 ? 'cluster' : `${setting}-${index + 1}`,
      connector: 'kubernetes',
      environments,
      planes: { declared: { [setting]: patterns.slice(0, mostPatterns) }, ...(isLive && { observed }) },
    };
  });
  const covered = new Set(sources.flatMap(({ planes, environments }) => (planes.observed ? environments : [])));
  const rest = stageNames.filter((name) => contexts.has(name) && !covered.has(name));
  if (rest.length === 0) return sources;
  return [
    ...sources,
    {
      id: covered.size + sources.length > 0 ? 'cluster-live' : 'cluster',
      connector: 'kubernetes',
      environments: rest,
      planes: { observed },
    },
  ];
}

/** One context an environment, by the stage it names. */
function assignContexts(contexts: readonly string[]): Map<string, string> {
  const byStage = new Map<string, string>();
  for (const context of contexts) {
    const stage = findStage(context)?.stage;
    if (stage !== undefined && !byStage.has(stage)) byStage.set(stage, context);
  }
  return byStage;
}

/** Databases whose variables differ in the stage alone are one source: PROD_ORDERS_URL and STAGING_ORDERS_URL. */
function draftDatabases(found: Discovery, names: readonly string[]) {
  const families = Map.groupBy(found.databases, ({ variable }) => nameDatabase(variable));
  const parameters = new Map<string, Record<string, string>>();
  const sources = [...families].map(([id, members]): SourceDraft => {
    const [url, variable] = [`${camelCase(id)}Url`, `${camelCase(id)}Variable`];
    const byEnvironment = new Map<string, FoundDatabase>();
    for (const database of members) {
      const stage =
        findStage(database.variable)?.stage ?? findStage(database.url)?.stage ?? names[0] ?? onlyEnvironment;
      if (!byEnvironment.has(stage)) byEnvironment.set(stage, database);
    }
    for (const [name, database] of byEnvironment) {
      parameters.set(name, {
        ...parameters.get(name),
        [url]: database.url,
        [variable]: `${database.variable}_PASSWORD`,
      });
    }
    const [migrations, more] = found.migrationFolders;
    const isDeclared = families.size === 1 && migrations !== undefined && more === undefined;
    return {
      id,
      connector: 'postgresql',
      environments: names.filter((name) => byEnvironment.has(name)),
      planes: {
        ...(isDeclared && { declared: { files: [`${migrations}/*.sql`] } }),
        observed: { url: `{${url}}`, passwordFrom: `{${variable}}` },
      },
      comment: 'Passwords are read from the variables named; put each there alone, without its URL.',
    };
  });
  return { sources, parameters };
}

function nameDatabase(variable: string): string {
  const words = variable
    .toLowerCase()
    .split('_')
    .filter((word) => findStage(word) === undefined && !/^(?:url|uri|dsn|postgres|postgresql|pg)$/.test(word));
  return words.join('-').replaceAll(/[^a-z0-9-]/g, '') || 'database';
}

const camelCase = (id: string) => id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function remarkOn(found: Discovery, contexts: ReadonlyMap<string, string>): string[] {
  const used = new Set(contexts.values());
  const unused = found.kubeContexts.filter((context) => !used.has(context));
  return [
    ...found.terraformFolders
      .filter(
        (folder) =>
          ![...found.terraformStates, ...found.terraformPlans].some((file) =>
            file.startsWith(folder === '.' ? '' : `${folder}/`),
          ),
      )
      .map(
        (folder) =>
          `Terraform code without a state or plan beside it: ${folder}. Write one with: terraform -chdir=${folder} plan -out plan && terraform -chdir=${folder} show -json plan > plan.json`,
      ),
    ...(unused.length > 0 ? [`Kubernetes contexts that name no environment of this estate: ${unused.join(', ')}`] : []),
    ...(found.databases.length === 0 && found.migrationFolders.length > 0
      ? [
          `SQL migrations: ${found.migrationFolders.join(', ')}. They declare a database: connector postgresql, declared: {files: [...]}.`,
        ]
      : []),
    ...(found.truncated ? ['The folder holds more files than were looked at; what lies deeper was not seen.'] : []),
  ];
}
