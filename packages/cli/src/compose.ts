import type { UseCases } from './use-cases.ts';

// Each command pays for the code it runs, and for no other's: a comparison of two files needs neither database nor YAML.
const audit = () => import('./compose/audit.ts');
const applied = () => import('./compose/applied.ts');
const demo = () => import('./compose/demo.ts');
const diff = () => import('./compose/diff.ts');
const doctor = () => import('./compose/doctor.ts');
const estateOnly = () => import('./compose/estate-only.ts');
const known = () => import('./compose/known.ts');
const newConnector = () => import('./compose/new-connector.ts');
const scan = () => import('./compose/scan.ts');
const serve = () => import('./compose/serve/serve.ts');

/** Binds the commands to the real estate, store and connectors: the composition root of the program. */
export async function composeUseCases(): Promise<UseCases> {
  return {
    scan: async (request) => (await scan()).scanAll(request),
    diff: async (request) => (await diff()).diffAnything(request),
    lastReport: async (request) => (await known()).lastKnown(request),
    explain: async (request) => (await known()).explainKnown(request),
    history: async (request) => (await known()).readHistory(request),
    snapshots: async (request) => (await known()).listSnapshots(request),
    approve: async (request) => (await known()).approveKnown(request),
    applied: async (request) => (await applied()).recordDeployment(request),
    validate: async (request) => (await estateOnly()).validateHere(request),
    listPolicies: async (request) => (await estateOnly()).listRules(request),
    testPolicies: async (request) => (await estateOnly()).testRules(request),
    checkSources: async (request) => (await scan()).checkAll(request),
    init: async (request) => (await estateOnly()).initHere(request),
    listConnectors: async () => (await estateOnly()).listAllConnectors(),
    newConnector: async (request) => (await newConnector()).writeConnector(request),
    doctor: async (request) => (await doctor()).examine(request),
    serve: async (request, tell) => (await serve()).serveWithWeb(request, tell),
    verifyAudit: async (request) => (await audit()).verifyAudit(request),
    demo: async (request) => (await demo()).demoEstate(request),
  };
}
