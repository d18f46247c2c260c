export { type ConnectorEntry, connectorRegistry, findConnector } from './registry.ts';
