import {
  databaseFamily,
  extensionFamily,
  foreignFamily,
  publicationFamily,
  roleFamily,
  schemaFamily,
  serverFamily,
  subscriptionFamily,
  tablespaceFamily,
} from './cluster.ts';
import type { Family } from './family.ts';
import { indexFamily } from './indexes.ts';
import { aggregateFamily, eventTriggerFamily, routineFamily, triggerFamily } from './routines.ts';
import { defaultPrivilegeFamily, grantFamily, policyFamily } from './security.ts';
import { sequenceFamily, statisticsFamily } from './sequences.ts';
import { boundSettingFamily, declaredSettingFamily, serverSettingFamily } from './settings.ts';
import { tableFamily } from './tables.ts';
import { collationFamily, operatorFamily, typeFamily } from './types.ts';
import { ruleFamily, viewFamily } from './views.ts';

/** What lives in the schemas of a database: SQL files declare all of it. */
const schemaFamilies: readonly Family[] = [
  schemaFamily,
  extensionFamily,
  tableFamily,
  indexFamily,
  viewFamily,
  ruleFamily,
  sequenceFamily,
  statisticsFamily,
  routineFamily,
  aggregateFamily,
  triggerFamily,
  eventTriggerFamily,
  typeFamily,
  collationFamily,
  operatorFamily,
  policyFamily,
];

/** What SQL files may declare or leave to somebody else: see statedKinds. */
const optionalFamilies: readonly Family[] = [
  grantFamily,
  defaultPrivilegeFamily,
  roleFamily,
  boundSettingFamily,
  publicationFamily,
  foreignFamily,
];

/** Every statement asked of a live server, settings first: they must be read before the session sets its own. */
export const liveFamilies: readonly Family[] = [
  serverSettingFamily,
  ...schemaFamilies,
  ...optionalFamilies,
  serverFamily,
  databaseFamily,
  tablespaceFamily,
  subscriptionFamily,
];

/** Every statement asked of the in-process database that SQL files were applied to. */
export const declaredFamilies: readonly Family[] = [...schemaFamilies, ...optionalFamilies, declaredSettingFamily];

/** Kinds that SQL files declare wholly: what is absent from them is declared to be absent. */
export const schemaKinds: readonly string[] = schemaFamilies.flatMap(({ kinds }) => kinds);
