import type { ProblemEntry } from '../registry.ts';

/** Problems of files and text, whoever wrote them. */
export const inputProblems = {
  LW2001: {
    title: 'File not found',
    message: 'There is no file {file}.',
    hint: 'Check the path and the revision it is read at.',
    status: 404,
  },
  LW2002: {
    title: 'File cannot be read',
    message: 'The file {file} cannot be read: {reason}.',
    hint: 'Check its permissions and that it is a regular file.',
    status: 422,
  },
  LW2003: {
    title: 'Not UTF-8',
    message: 'The text is not valid UTF-8 (first bad byte at offset {offset}).',
    hint: 'Save the file as UTF-8 without exotic encodings.',
    status: 422,
  },
  LW2004: {
    title: 'Too large',
    message: 'The input is {size} bytes; at most {limit} are read.',
    hint: 'Split the file, or raise the limit for this source in leeway.yaml.',
    status: 413,
  },
  LW2005: {
    title: 'Syntax error',
    message: 'This is not valid {format}: {reason}.',
    hint: 'Mend the syntax at the place named.',
    status: 422,
  },
  LW2006: {
    title: 'Duplicate key',
    message: 'The key "{key}" stands twice in one object.',
    hint: 'Keep one of them: parsers disagree about which one wins.',
    status: 422,
  },
  LW2007: {
    title: 'Nested too deeply',
    message: 'The document is nested more than {limit} levels deep.',
    hint: 'Check that the file is what it claims to be.',
    status: 422,
  },
  LW2008: {
    title: 'Expands too far',
    message: 'The document expands to more than {limit} values through aliases.',
    hint: 'Write the repeated parts out; Leeway does not expand alias bombs.',
    status: 422,
  },
  LW2009: {
    title: 'Unexpected shape',
    message: '{what} was found where {expected} is expected.',
    hint: "Compare the file with the format named in the connector's page.",
    status: 422,
  },
  LW2010: {
    title: 'Unknown format',
    message: 'The format of {file} is not recognised.',
    hint: 'Name it with --as, one of: {allowed}.',
    status: 422,
  },
  LW2011: {
    title: 'Not text',
    message: 'The file is not text (a NUL byte at offset {offset}).',
    hint: 'Check that it is the file that is meant and that it was written to its end.',
    status: 422,
  },
  LW2041: {
    title: 'Password needed',
    message: 'The file {file} is under a password and none was given (passwordFrom: {variable}).',
    hint: 'Name the environment variable that holds it with passwordFrom, and set it.',
    status: 422,
  },
  LW2042: {
    title: 'Wrong password',
    message: 'The password in {variable} does not open {file}.',
    hint: 'Check that the variable holds the password of this very file.',
    status: 422,
  },
  LW2043: {
    title: 'Too much work to open',
    message: 'Opening {file} asks for {rounds} rounds of key derivation; at most {limit} are done.',
    hint: 'Export it anew with fewer rounds if it is yours: OpenSSL writes 2048.',
    status: 422,
  },
  LW2051: {
    title: 'Template not rendered',
    message: 'The file {file} is a Helm template, not a manifest.',
    hint: 'Render it first ("helm template …") and name the result; Leeway does not run templates.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
