import { connectorRegistry, findConnector } from '@leeway/connectors';
import type { ConnectorDirectory } from '@leeway/engine/scan/options.ts';

/** The one place where connectors enter the program. */
export const connectorDirectory: ConnectorDirectory = {
  ids: connectorRegistry.map(({ id }) => id),
  async load(id) {
    return (await findConnector(id)?.load())?.connector;
  },
};
