import type { Command } from 'commander';

/** What a shell needs to know of one command. */
export interface CompletionNode {
  /** Words after `leeway`: '' for the program itself, `policy test` for a subcommand. */
  readonly path: string;
  readonly summary: string;
  readonly subcommands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly CompletionOption[];
  /** Fixed words an operand may be. */
  readonly words: readonly string[];
}

interface CompletionOption {
  readonly flag: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Every command of the tree with the options it takes, its own and the global ones. */
export function describeTree(program: Command): CompletionNode[] {
  const globals = describeOptions(program);
  const visit = (command: Command, path: string): CompletionNode[] => [
    {
      path,
      summary: command.description(),
      subcommands: command.commands.map((child) => ({ name: child.name(), summary: child.description() })),
      options: [
        ...(path === '' ? [] : describeOptions(command)),
        ...globals,
        { flag: '--help', summary: 'show help', takesValue: false, choices: [] },
      ],
      words: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    },
    ...command.commands.flatMap((child) => visit(child, path ? `${path} ${child.name()}` : child.name())),
  ];
  return visit(program, '');
}

function describeOptions(command: Command): CompletionOption[] {
  return command.options.flatMap((option) =>
    option.long
      ? [
          {
            flag: option.long,
            summary: option.description,
            takesValue: option.required || option.optional,
            choices: option.argChoices ?? [],
          },
        ]
      : [],
  );
}

const renderers: Readonly<Record<string, (nodes: readonly CompletionNode[]) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

export function renderCompletion(shell: string, nodes: readonly CompletionNode[]): string {
  const render = renderers[shell];
  if (!render) throw new Error(`no completion for ${shell}`);
  return render(nodes);
}

/** The choices of options that take one, by flag: the same wherever the flag stands. */
function choicesByFlag(nodes: readonly CompletionNode[]): [string, readonly string[]][] {
  const all = nodes.flatMap((node) => node.options).filter((option) => option.choices.length > 0);
  return [...new Map(all.map((option) => [option.flag, option.choices])).entries()];
}

const valueFlags = (nodes: readonly CompletionNode[]) => [
  ...new Set(nodes.flatMap((node) => node.options.filter((option) => option.takesValue).map((option) => option.flag))),
];

function renderBash(nodes: readonly CompletionNode[]): string {
  const cases = nodes.map((node) => {
    const words = [
      ...node.subcommands.map((each) => each.name),
      ...node.words,
      ...node.options.map((option) => option.flag),
    ];
    return `    '${node.path}') words='${words.join(' ')}' ;;`;
  });
  const choices = choicesByFlag(nodes).map(
    ([flag, values]) => `    ${flag}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`,
  );
  const paths = nodes.filter((node) => node.path).map((node) => `'${node.path}'`);
  return `# bash completion for leeway; written by "leeway completion bash"
_leeway() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word index
  case "$previous" in
${choices.join('\n')}
    ${valueFlags(nodes).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "\${path:+$path }$word" in ${paths.join('|')}) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ \${#COMPREPLY[@]} -eq 0 && "$current" != -* ]]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -F _leeway leeway
`;
}

const quoteZsh = (text: string) => text.replaceAll("'", '’').replaceAll(/[[\]:]/g, (character) => `\\${character}`);

function renderZsh(nodes: readonly CompletionNode[]): string {
  const blocks = nodes.map((node) => {
    const options = node.options.map((option) => {
      const value = option.takesValue
        ? `:value:${option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files'}`
        : '';
      return `      '*${option.flag}[${quoteZsh(option.summary)}]${value}'`;
    });
    const names = node.subcommands.map((each) => `'${each.name}:${quoteZsh(each.summary)}'`);
    const operands =
      names.length > 0
        ? `_describe command names`
        : node.words.length > 0
          ? `compadd ${node.words.join(' ')}`
          : '_files';
    return `    '${node.path}')
      local -a names=(${names.join(' ')})
      if [[ $PREFIX == -* ]]; then _arguments -s \\
${options.join(' \\\n')}
      else ${operands}; fi ;;`;
  });
  const paths = nodes.filter((node) => node.path).map((node) => `'${node.path}'`);
  return `#compdef leeway
# zsh completion for leeway; written by "leeway completion zsh"
_leeway() {
  local path_words='' word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path_words:+$path_words }$word" in ${paths.join('|')}) path_words="\${path_words:+$path_words }$word" ;; esac
  done
  case "$path_words" in
${blocks.join('\n')}
  esac
}
_leeway "$@"
`;
}

const quoteFish = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

function renderFish(nodes: readonly CompletionNode[]): string {
  const lines = nodes.flatMap((node) => {
    const steps = node.path === '' ? [] : node.path.split(' ');
    const inside = steps.map((step) => `__fish_seen_subcommand_from ${step}`);
    const children = node.subcommands.map((each) => each.name).join(' ');
    const before = children ? [`not __fish_seen_subcommand_from ${children}`] : [];
    const condition = [...inside, ...before].join('; and ');
    const when = condition ? ` -n '${condition}'` : '';
    const own = node.path === '' ? '' : when;
    return [
      ...node.subcommands.map((each) => `complete -c leeway -f${when} -a ${each.name} -d '${quoteFish(each.summary)}'`),
      ...node.words.map((word) => `complete -c leeway -f${when} -a ${word}`),
      ...node.options
        .filter((option) => node.path === '' || !nodes[0]?.options.some((global) => global.flag === option.flag))
        .map((option) => {
          const value =
            option.choices.length > 0 ? ` -x -a '${option.choices.join(' ')}'` : option.takesValue ? ' -r' : '';
          return `complete -c leeway${own} -l ${option.flag.slice(2)}${value} -d '${quoteFish(option.summary)}'`;
        }),
    ];
  });
  return `# fish completion for leeway; written by "leeway completion fish"\n${lines.join('\n')}\n`;
}
