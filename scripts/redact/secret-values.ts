/** Whether the value of a secret's name is a secret, a harmless value, or a placeholder. */

/** Values that are not secrets, or that AWS or Culprit has masked already. */
const HIDDEN =
  /^(?:|true|false|null|\*+|x{3,}|HIDDEN_DUE_TO_SECURITY_REASONS|MASKED_BY_CULPRIT|.{0,3}(?:sensitive ?data ?removed|redacted|hidden|masked|removed).{0,3})$/i;

/** Whether a value is a placeholder, because the secret has been masked. */
export function isHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** A reference to a secret: an ARN, a variable, a template's expression, a file, code that reads it. */
const REFERENCE =
  /^(?:arn:aws[\w-]*:|\$[\w({]|%\w+%$|\{\{|<[\w -]+>$|![A-Z]\w+\s?|file(?:b)?:\/\/|resolve:|(?:process\.env|os\.environ|os\.getenv|env|var|local|data|module|secrets|self|this|config|settings|args|params?)[.[(][\w.[\]"'()$-]*$|alias\/|mrk-[0-9a-f]{32}$|A[KS]IA[A-Z0-9]{12,24}$)/;

/** Words of forms, types and messages. */
const WORDS: ReadonlySet<string> = new Set(
  `true false null none nil undefined yes no on off required optional enabled disabled enable disable invalid expired
  missing unknown empty default string str text int integer number bool boolean bytes secretstring securestring noecho
  any all auto automatic basic bearer iam aws_iam no_auth cognito_user_pools custom jwt oauth2 oauth saml opaque
  is was must not the a for and or in of to has cannot can should`.split(/\s+/),
);

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether the value of a secret's name is certainly not a secret. @param name the name, if it helps to decide */
export function isHarmlessValue(text: string, name = ''): boolean {
  if (REFERENCE.test(text) || WORDS.has(text.toLowerCase())) return true;
  // AWS KMS uses such IDs for keys.
  if (/(?:encryption|signing)_?-?key$/i.test(name) && UUID.test(text)) return true;
  return false;
}

/**
 * A random key of forty characters changes its class of characters 25 times on average; words change it far less often.
 */
const MOST_WORDLIKE = 15;

/**
 * Whether forty characters are Base64 without words: a random mix of letters in both cases and digits, with few
 * slashes.
 */
export function isAccessKey(text: string): boolean {
  if (!/^[A-Za-z0-9/+]{40}$/.test(text)) return false;
  let changes = 0;
  let before = '';
  let slashes = 0;
  const kinds = new Set<string>();
  for (const character of text) {
    const kind = /[A-Z]/.test(character) ? 'A' : /[a-z]/.test(character) ? 'a' : /\d/.test(character) ? '0' : character;
    if (kind === '/') slashes++;
    // The changes at a slash do not count.
    else if (kind !== before && before !== '' && before !== '/') changes++;
    before = kind;
    kinds.add(kind);
  }
  return (
    changes > MOST_WORDLIKE - (slashes > 2 ? slashes : 2 * slashes) &&
    slashes < 5 &&
    ['A', 'a', '0'].every((kind) => kinds.has(kind))
  );
}
