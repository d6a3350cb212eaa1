/** What stands where a secret should: one, nothing that is worth hiding, or what somebody hid already. */

/** What is no secret, or one that AWS or Culprit hid already. */
const HIDDEN =
  /^(?:|true|false|null|\*+|x{3,}|HIDDEN_DUE_TO_SECURITY_REASONS|MASKED_BY_CULPRIT|.{0,3}(?:sensitive ?data ?removed|redacted|hidden|masked|removed).{0,3})$/i;

/** Whether a text that stands where a secret should is none, because somebody hid it. */
export function isHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** Where the secret is, instead of it: an ARN, a variable, a template's expression, a file, code that asks for it. */
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

/** Whether what stands under the name of a secret surely is none. @param name the name, where that says more */
export function isHarmlessValue(text: string, name = ''): boolean {
  if (REFERENCE.test(text) || WORDS.has(text.toLowerCase())) return true;
  // AWS KMS calls keys by such IDs.
  if (/(?:encryption|signing)_?-?key$/i.test(name) && UUID.test(text)) return true;
  return false;
}

/** How often a random key of forty characters goes from one kind of character to another is 25; words do it far less. */
const MOST_WORDLIKE = 15;

/** Whether forty characters are base64 without words: letters of both cases and digits, mixed at random, few slashes. */
export function isAccessKey(text: string): boolean {
  if (!/^[A-Za-z0-9/+]{40}$/.test(text)) return false;
  let changes = 0;
  let before = '';
  let slashes = 0;
  const kinds = new Set<string>();
  for (const character of text) {
    const kind = /[A-Z]/.test(character) ? 'A' : /[a-z]/.test(character) ? 'a' : /\d/.test(character) ? '0' : character;
    if (kind === '/') slashes++;
    // What a slash parts says nothing.
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
