export { type ConnectorEntry, connectorRegistry, findConnector } from './connector-registry.ts';
