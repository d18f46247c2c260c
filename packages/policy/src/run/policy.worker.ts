import { parentPort, workerData } from 'node:worker_threads';
import { BatchEvaluator } from './batch.ts';
import { type BatchRequest, progressAt, type WorkerStart } from './protocol.ts';
import { bundleRule, policyRule } from './rules.ts';

/**
 * The thread policies run in. It has no handle on anything but its own memory, and may be terminated at any moment:
 * `progress` tells the starter what was running.
 */
const start = workerData as WorkerStart;
const progress = new Int32Array(start.progress);

// Evaluation errors are ordinary here (a missing field inside `||`); their stack traces are never read and cost most.
Error.stackTraceLimit = 0;

const rules = [
  ...start.policies.map((policy) => policyRule(policy, start.parameters)),
  ...start.bundles.map((bundle) => bundleRule(bundle, start.parameters)),
];

let sequence = 0;
const evaluator = new BatchEvaluator(rules, (item, rule) => {
  progress[progressAt.item] = item;
  progress[progressAt.rule] = rule;
  sequence = (sequence + 1) | 0;
  Atomics.store(progress, progressAt.sequence, sequence);
});

parentPort?.on('message', (request: BatchRequest) => {
  progress[progressAt.item] = -1;
  Atomics.store(progress, progressAt.batch, request.batch);
  const reply = evaluator.evaluate(request);
  Atomics.store(progress, progressAt.batch, 0);
  parentPort?.postMessage(reply);
});
