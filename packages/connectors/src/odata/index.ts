import type { Connector } from '@leeway/connector-kit';
import { odataKinds } from './kinds.ts';
import { checkOData, readOData } from './read.ts';
import { ODataSettings } from './settings.ts';
import { writeOData } from './write.ts';

export const connector: Connector<ODataSettings> = {
  id: 'odata',
  title: 'OData',
  summary: 'Entity sets of any OData service as parameters: SAP S/4HANA, Dynamics 365 Finance and Operations, CAP.',
  settings: ODataSettings,
  kinds: odataKinds,
  verification: { state: 'verified', against: 'SAP CAP 10.1 (@sap/cds): OData V4, and V2 through its adapter' },
  permissions: ['GET on the entity sets that are read, and on $metadata where their keys are not in the settings'],
  check: checkOData,
  read: readOData,
  write: writeOData,
};
