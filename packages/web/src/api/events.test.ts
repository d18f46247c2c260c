import { expect, test } from 'vitest';
import { concerned } from './events.ts';

test('an event makes old what it concerns', () => {
  expect(concerned('jobs', ['jobs'])).toBe(true);
  expect(concerned('jobs', ['findings', {}])).toBe(false);
  expect(concerned('deliveries', ['overview', 'layer'])).toBe(false);
});

test('findings and the estate, and what nobody knows, concern every answer', () => {
  expect(concerned('findings', ['compare'])).toBe(true);
  expect(concerned('estate', ['policies'])).toBe(true);
  expect(concerned('something new', ['me'])).toBe(true);
});
