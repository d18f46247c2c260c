import { headlineText, type Place } from '@leeway/core';
import { builtinPackNames } from '@leeway/policy';
import type { policyContracts } from '../contract/policies.ts';
import type { HandlersOf } from '../http/call.ts';
import type { Entry } from '../views/entry.ts';
import { pageOfEntries } from '../views/entry-page.ts';
import type { View } from '../views/views.ts';

type Viewing = Pick<typeof policyContracts, 'listPolicies' | 'listFailing'>;

export const policyHandlers: HandlersOf<Viewing> = {
  async listPolicies({ principal }, { views }) {
    const view = await views.open(principal);
    const failing = Map.groupBy(failingEntries(view), ({ policy }) => policy);
    const items = rules(view).map((rule) => ({ ...rule, ...countFailing(failing.get(rule.code) ?? []) }));
    const builtin = new Set(builtinPackNames());
    const packs = [...Map.groupBy(items, ({ pack }) => pack)].map(([name, members]) => ({
      ...{ name, title: name, builtin: builtin.has(name), policies: members.length },
      failing: members.reduce((sum, member) => sum + member.failing, 0),
    }));
    return { environments: view.environments.map(({ name }) => name), packs, items };
  },

  async listFailing({ params, query, principal }, { views }) {
    const view = await views.open(principal);
    const all = failingEntries(view).filter(({ policy }) => policy === params.code);
    const { entries, next } = pageOfEntries(all, query);
    return {
      items: entries.map(({ fingerprint, environment, layer, kind, name, path, headline, severity, approval }) => ({
        ...{ fingerprint, environment, layer, kind, name, path, message: headlineText(headline), severity },
        ...(approval !== undefined && { approval }),
      })),
      ...(next !== undefined && { next }),
      total: all.length,
    };
  },
};

function failingEntries({ index, sees }: View): readonly Entry[] {
  return index.entries.filter((entry) => entry.policy !== undefined && sees(entry));
}

/** Failing resources; those an approved difference accepts apart. */
function countFailing(entries: readonly Entry[]) {
  const failing = entries.filter(({ silenced }) => !silenced);
  const byEnvironment: Record<string, number> = {};
  for (const { environment } of failing) byEnvironment[environment] = (byEnvironment[environment] ?? 0) + 1;
  return { failing: failing.length, excepted: entries.length - failing.length, byEnvironment };
}

/** Rules in force: policies in CEL, then compiled bundles, which have no text to show. */
function rules({ current }: View) {
  const { policies, bundles } = current.options;
  return [
    ...policies.map(({ code, title, pack, severity, kinds, expression, remediation, place }) => ({
      ...{ code, title, pack, severity, kinds: [...kinds], expression, remediation },
      ...(place && { place: placeOf(place) }),
    })),
    ...bundles.map(({ code, title, severity, kinds }) => ({
      ...{ code, title, pack: 'rego', severity, kinds: [...kinds], remediation: '' },
    })),
  ];
}

function placeOf({ file, line, column, pointer }: Place): Place {
  return {
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(pointer !== undefined && { pointer }),
  };
}
