export type {
  CheckLine,
  Connector,
  FileTree,
  ReadContext,
  Reading,
  Seal,
  StandaloneTarget,
  Verification,
} from './connector.ts';
