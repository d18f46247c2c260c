import type { ProblemEntry } from '../registry.ts';

/** Problems of the command line. */
export const cliProblems = {
  LW7001: {
    title: 'Wrong use of the command line',
    message: '{reason}',
    hint: 'Run "{command} --help" to see what it takes.',
    status: 400,
  },
  LW7002: {
    title: 'Cannot write the output',
    message: 'The output cannot be written to {file}: {reason}.',
    hint: 'Check the folder, its permissions and the space left; an earlier file of that name is untouched.',
    status: 507,
  },
  LW7003: {
    title: 'Interrupted',
    message: 'Stopped by {signal}; nothing half-written was kept.',
    hint: 'Run the command again.',
    status: 499,
  },
  LW7004: {
    title: 'Bug in Leeway',
    message: 'This is a bug in Leeway: {reason}',
    hint: 'Please report it with the command you ran and the output of "leeway doctor"; LEEWAY_DEBUG=1 prints where it happened.',
    status: 500,
  },
  LW7005: {
    title: 'File exists already',
    message: '{file} exists already and is left as it is.',
    hint: 'Edit it, or name another folder with --estate.',
    status: 409,
  },
  LW7006: {
    title: 'Finding not known',
    message: 'No finding has an id that begins with "{finding}".',
    hint: 'Run "leeway scan" and copy the id from the report; resolved findings stay known.',
    status: 404,
  },
  LW7007: {
    title: 'Id fits several findings',
    message: 'The id "{finding}" fits several findings: {candidates}.',
    hint: 'Give more of its digits.',
    status: 409,
  },
  LW7008: {
    title: 'Cannot be approved',
    message: 'A finding that is {verdict} cannot be approved: {reason}.',
    hint: 'Settle its cause instead; "leeway explain {id}" says what that is.',
    status: 422,
  },
  LW7009: {
    title: 'Nobody approves their own request',
    message: '{approver} asks for this difference or owns it, and so may not approve it.',
    hint: 'Name another person with --approver.',
    status: 403,
  },
  LW7010: {
    title: 'Missing for an approval',
    message: 'An approved difference needs {missing}.',
    hint: 'Add {options}.',
    status: 400,
  },
  LW7011: {
    title: 'Expiry is not ahead',
    message: 'The expiry {expires} is not after {now}.',
    hint: 'Name a moment in the future, with its time zone.',
    status: 422,
  },
  LW7012: {
    title: 'Id in use',
    message: 'An approved difference with the id "{id}" stands in {file} already.',
    hint: 'Give this one another name with --id, or edit the other.',
    status: 409,
  },
  LW7013: {
    title: 'Not a list of approved differences',
    message: '{file} does not hold a list of approved differences: {reason}.',
    hint: 'Mend the file, or name another one with --file.',
    status: 422,
  },
  LW7014: {
    title: 'Constraint does not hold',
    message: 'The present value does not satisfy the constraint "{constraint}": it is {value}.',
    hint: 'Choose a constraint that the value meets, or pin the value by naming none.',
    status: 422,
  },
  LW7015: {
    title: 'Not a saved report',
    message: '{file} is not a report of Leeway: {reason}.',
    hint: 'Write one with "leeway scan --format json --output report.json".',
    status: 422,
  },
  LW7016: {
    title: 'Path leads outside',
    message: 'The file {file} is not inside the estate.',
    hint: 'Name a path below the folder of leeway.yaml.',
    status: 400,
  },
  LW7017: {
    title: 'Nothing to read was found',
    message: 'No infrastructure code, manifests, rules or settings were found in {folder}.',
    hint: 'The estate was written with an empty list of sources; add the first one by hand.',
    status: 200,
  },
  LW7018: {
    title: 'Sealing key too short',
    message: 'LEEWAY_SEAL_KEY has fewer than {length} characters.',
    hint: 'Set it to a random text of at least that length, the same wherever this estate is scanned.',
    status: 422,
  },
  LW7019: {
    title: 'Sealing key cannot be kept',
    message: 'The key that secrets are sealed with can be neither read from nor written to {path}.',
    hint: 'Make its folder writable, or set LEEWAY_SEAL_KEY.',
    status: 500,
  },
  LW7020: {
    title: 'Example estate not found',
    message: 'The example estate is not where it should be: {path}.',
    hint: 'Install Leeway again; the package holds the example.',
    status: 500,
  },
  LW7021: {
    title: 'Approved difference is not read',
    message: 'The record {id} was written to {file}, which leeway.yaml does not include.',
    hint: 'Add the file to include: in leeway.yaml.',
    status: 422,
  },
  LW7022: {
    title: 'Id too short',
    message: 'The id "{finding}" is too short to tell findings apart.',
    hint: 'Give at least its first {length} digits.',
    status: 400,
  },
} as const satisfies Record<string, ProblemEntry>;
