export { checkShape } from './check-shape.ts';
export { type Collected, collect } from './collect.ts';
export type {
  CheckLine,
  Connector,
  FileTree,
  OwnTransport,
  ReadContext,
  Reading,
  Seal,
  StandaloneTarget,
  Verification,
  WriteChange,
  Written,
} from './connector.ts';
export { type Clock, systemClock } from './context/clock.ts';
export { type Asked, attempt, connectionProblem, connectionReason, errorCode } from './context/failure.ts';
export { type ChallengedInit, type Fetch, guardFetch } from './context/guard-fetch.ts';
export { createLimiters, type Limiter, type Limiters } from './context/limiter.ts';
export { createReadContext, type OwnedReadContext, type ReadContextOptions } from './context/read-context.ts';
export { allowWriting, type Held, holdValue } from './hold-value.ts';
export { findKind } from './kind-name.ts';
export { maskSecrets } from './mask/mask-secrets.ts';
export { loadOptional } from './optional-package.ts';
export { cancelled, listFiles, readJsonFile, readText, readYamlFile } from './read-document.ts';
export { type JsonRequest, requestJson } from './request-json.ts';
export { parseShape, requestShape } from './request-shape.ts';
export { sealWith } from './seal.ts';
export { authorizationOf, httpAddress, type SignIn, signInFault, signInSettings } from './sign-in.ts';
