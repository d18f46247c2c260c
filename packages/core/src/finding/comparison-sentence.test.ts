import { expect, test } from 'vitest';
import { comparisonSentence } from './comparison-sentence.ts';
import { headlineText } from './finding.ts';

test.each([
  [[6, 3, 214, 2], 'staging-eu differs from production-eu in 9 places; 3 are approved; 2 could not be checked.'],
  [[1, 0, 3, 0], 'staging-eu differs from production-eu in 1 place.'],
  [[1, 1, 3, 0], 'staging-eu differs from production-eu in 2 places; 1 is approved.'],
  [[0, 1, 3, 0], 'staging-eu differs from production-eu in 1 place; it is approved.'],
  [[0, 12_345, 3, 0], 'staging-eu differs from production-eu in 12,345 places; all are approved.'],
  [[0, 0, 1_234_567, 0], 'staging-eu and production-eu are the same in all 1,234,567 resources.'],
  [[0, 0, 5, 1], 'staging-eu and production-eu agree in 5 resources; 1 could not be checked.'],
  [[0, 0, 0, 4], 'staging-eu and production-eu have nothing that was compared; 4 could not be checked.'],
  [[0, 0, 0, 0], 'staging-eu and production-eu have nothing to compare.'],
] as const)('%j reads: %s', ([differing, approved, equal, notChecked], sentence) => {
  const counts = { own: 'staging-eu', other: 'production-eu', differing, approved, equal, notChecked };
  expect(headlineText(comparisonSentence(counts))).toBe(sentence);
});
