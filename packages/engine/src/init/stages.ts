/** Usual ways to write the stage of an environment, by the name the first estate gives it. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  production: ['production', 'prod', 'prd'],
  staging: ['staging', 'stage', 'stg', 'preprod'],
  acceptance: ['acceptance', 'accept', 'acc', 'uat'],
  integration: ['integration', 'int'],
  test: ['test', 'tst', 'qa'],
  development: ['development', 'dev'],
};

/** Stages in the order people list them, production first. */
export const stageNames: readonly string[] = Object.keys(spellings);

const stageBySpelling = new Map(
  Object.entries(spellings).flatMap(([stage, words]) => words.map((word) => [word, stage])),
);

/** A text that names a stage: which, how it is spelt there, and the text with the spelling taken out. */
export interface StagedText {
  readonly stage: string;
  readonly spelling: string;
  /** The text with `{env}` where the spelling stood. */
  readonly template: string;
}

/**
 * Finds the stage in a path, a context or a variable by whole words only: `deploy/prod/wms.yaml` names production,
 * `product.yaml` names nothing. Where a text names several, the first counts. Pure.
 */
export function findStage(text: string): StagedText | undefined {
  for (const match of text.matchAll(/[A-Za-z]+/g)) {
    const spelling = match[0];
    const stage = stageBySpelling.get(spelling.toLowerCase());
    if (stage === undefined) continue;
    const template = `${text.slice(0, match.index)}{env}${text.slice(match.index + spelling.length)}`;
    return { stage, spelling, template };
  }
  return undefined;
}
