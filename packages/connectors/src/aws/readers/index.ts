import type { Reader } from '../reader.ts';
import { networkReaders } from './ec2-network.ts';
import { securityReaders } from './ec2-security.ts';
import { elbReaders } from './elb.ts';
import { iamReaders } from './iam.ts';
import { imageReaders } from './images.ts';
import { operationReaders } from './operations.ts';
import { rdsReaders } from './rds.ts';
import { runtimeReaders } from './runtime.ts';
import { s3Readers } from './s3.ts';
import { secretReaders } from './secrets.ts';

/** Everything that is read of AWS. Each kind is read by one reader. */
export const readers: readonly Reader[] = [
  ...networkReaders,
  ...securityReaders,
  ...elbReaders,
  ...iamReaders,
  ...s3Readers,
  ...rdsReaders,
  ...secretReaders,
  ...imageReaders,
  ...runtimeReaders,
  ...operationReaders,
];
