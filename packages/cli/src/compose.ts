import { recordDeployment } from './compose/applied.ts';
import { demoEstate } from './compose/demo.ts';
import { diffAnything } from './compose/diff.ts';
import { examine } from './compose/doctor.ts';
import { initHere, listAllConnectors, listRules, testRules, validateHere } from './compose/estate-only.ts';
import { approveKnown, explainKnown, lastKnown, listSnapshots, readHistory } from './compose/known.ts';
import { checkAll, scanAll } from './compose/scan.ts';
import type { UseCases } from './use-cases.ts';

/** Binds the commands to the real estate, store and connectors: the composition root of the program. */
export async function composeUseCases(): Promise<UseCases> {
  return {
    scan: scanAll,
    diff: diffAnything,
    lastReport: lastKnown,
    explain: explainKnown,
    history: readHistory,
    snapshots: listSnapshots,
    approve: approveKnown,
    applied: recordDeployment,
    validate: validateHere,
    listPolicies: listRules,
    testPolicies: testRules,
    checkSources: checkAll,
    init: initHere,
    listConnectors: listAllConnectors,
    doctor: examine,
    demo: demoEstate,
  };
}
