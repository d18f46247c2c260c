import { categories } from './categories.ts';

const listed = Object.entries(categories).map(([name, list]) => [`@${name}`, list.split(' ')] as const);
const containers = new Set(listed.flatMap(([, list]) => list).map((command) => /^(.*)\|/.exec(command)?.[1]));

/** Commands by category, `@read` and the like. What only holds subcommands is none itself. */
const members = new Map<string, readonly string[]>(
  listed.map(([name, list]) => [name, list.filter((command) => !containers.has(command))] as const),
);
const known: ReadonlySet<string> = new Set([...members.values()].flat());

/** What rules have allowed so far. */
interface Allowance {
  readonly commands: Set<string>;
  /** Whether commands we do not know (of modules, of later versions) are allowed, and which of them are not. */
  others: boolean;
  readonly refused: Set<string>;
}

/**
 * What command rules allow in effect, sorted: `@all`, or single commands and subcommands, with `@others` where commands
 * we do not know are allowed as well. Servers of version 6 and 7.0 tell the rules of one user in another order, in other
 * words, every time they start: only the effect can be compared.
 */
export function allowedCommands(rules: readonly string[]): readonly string[] {
  const allowance: Allowance = { commands: new Set(), others: false, refused: new Set() };
  for (const rule of rules) {
    const adds = rule.startsWith('+');
    const name = rule.slice(1);
    if (name === '@all') setAll(allowance, adds);
    else for (const command of commandsOf(name)) setOne(allowance, command, adds);
  }
  const { commands, others, refused } = allowance;
  if (others && refused.size === 0 && commands.size === known.size) return ['@all'];
  const rest = others ? ['@others', ...[...refused].map((command) => `-${command}`)] : [];
  return [...rest, ...commands].sort();
}

function setAll(allowance: Allowance, adds: boolean): void {
  allowance.others = adds;
  allowance.refused.clear();
  allowance.commands.clear();
  if (adds) for (const command of known) allowance.commands.add(command);
}

function setOne({ commands, others, refused }: Allowance, command: string, adds: boolean): void {
  if (adds) {
    refused.delete(command);
    // One we do not know is among the others already, where these are allowed.
    if (known.has(command) || !others) commands.add(command);
  } else {
    commands.delete(command);
    if (!known.has(command)) refused.add(command);
  }
}

/** Commands a rule speaks of: those of a category, a command with its subcommands, or a name we do not know. */
function commandsOf(name: string): readonly string[] {
  const category = members.get(name);
  if (category) return category;
  const found = [...known].filter((command) => command === name || command.startsWith(`${name}|`));
  return found.length > 0 ? found : [name];
}
