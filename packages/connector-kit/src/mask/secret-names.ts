/**
 * Tells from a field's name whether its value is a secret. Names are compared as words without separators, so that
 * `dbPassword`, `db-password`, `DB_PASSWORD` and `PGPASSWORD` are the same. Only the last words count: `password_policy`,
 * `tokenExpiry` and `secretName` speak about a secret and are none.
 */
const secretEnding =
  /(?:password|passwd|passphrase|pwd|secret|token|credential|apikey|secretkey|accesskey|privatekey|accountkey|storagekey|sharedkey|signingkey|masterkey|encryptionkey|sharedaccesskey|authkey|connectionstring|requirepass|masterauth|passwordhash)s?$/;

/** Words after the noun that still mean its value: `secret_string`, `private_key_pem`, `password_wo`, `token2`. */
const valueWords = new Set(
  'value string text plain plaintext binary base64 b64 hash encrypted data pem der openssh pkcs8 wo current previous old new'.split(
    ' ',
  ),
);

/** Names that end like a secret and are none; without separators, in lower case. */
const harmless =
  /^(?:pwd|oldpwd|httptokens?|secrets|.*(?:next|page|continuation|continue|pagination|idempotency|creation|request|client|max|min|sync|resume)tokens?|.*(?:existing|pull|tls|cert|certificate|ssl)secrets?|.*by(?:pass))$/;

/** `DB_PASS`, `smtpPass`: "pass" alone is a verdict, not a password. */
const shortPassword = /[a-z](?:_|-|\.)pass$|[a-z]Pass$|_PASS$/;

const wordBoundary = /([a-z\d])(?=[A-Z])|([A-Z]+)(?=[A-Z][a-z])|[^A-Za-z\d]+/g;

/** Names met so far; keys come from live systems and have no bound, so the memory has one. */
const memory = new Map<string, boolean>();
const memoryLimit = 20_000;

/** Whether a field of this name holds a secret. A Map look-up for any name met before. */
export function isSecretName(name: string): boolean {
  const known = memory.get(name);
  if (known !== undefined) return known;
  if (memory.size >= memoryLimit) memory.clear();
  const verdict = judgeName(name);
  memory.set(name, verdict);
  return verdict;
}

function judgeName(name: string): boolean {
  if (name.length > 200) return false;
  const words = name.replace(wordBoundary, '$1$2 ').trim().toLowerCase().split(' ');
  const last = words.pop() ?? '';
  // `password2` is one; `base64` and `pkcs8` are words of their own.
  words.push(valueWords.has(last) ? last : last.replace(/\d+$/, ''));
  const whole = words.join('');
  if (harmless.test(whole)) return false;
  if (secretEnding.test(whole) || shortPassword.test(name)) return true;
  while (words.length > 1 && isValueWord(words.at(-1) ?? '')) words.pop();
  const noun = words.join('');
  return noun !== whole && !harmless.test(noun) && secretEnding.test(noun);
}

function isValueWord(word: string): boolean {
  return word === '' || valueWords.has(word);
}

/** Texts that stand where a secret would and are none: switches, templates, references to a secret store, masks. */
const stands = [
  /^(?:true|false|yes|no|on|off|none|null|nil|required|optional|enabled|disabled|default)$/i,
  /^\$\{[\w.:/-]*\w\}$|^\$\([\w.]+\)$|^\$[A-Z_][A-Z\d_]*$|^%\w+%$/,
  /^\{\{[^{}"']*\}\}$/,
  /^arn:aws[\w-]*:(?:secretsmanager|ssm|kms|iam|acm):/,
  /^projects\/[^/]+\/(?:secrets|locations)\//,
  /^https:\/\/[\w-]+\.vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)\//,
  /^@Microsoft\.KeyVault\([^)]*\)$/,
  /^\/run\/secrets\/[\w./-]+$|^\/var\/run\/secrets\/[\w./-]+$/,
  /^<[a-z][a-z :_-]*>$|^\(sensitive(?: value)?\)$|^\*{3,}$|^x{6,}$|^REDACTED$/i,
];

/** Whether a text under a secret's name is no secret itself. */
export function isStandIn(text: string): boolean {
  return text.length < 512 && stands.some((form) => form.test(text));
}
