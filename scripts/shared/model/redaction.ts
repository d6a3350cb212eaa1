/** The kinds of data that `--redact` can replace, with their descriptions. */
export const REDACTABLE = {
  accounts: 'account IDs',
  names: 'names and IDs of people, roles, buckets and all else that a call names, and free text',
  addresses: 'IP addresses',
  arns: 'what an ARN names',
  keys: 'access keys and the unique IDs of IAM',
  emails: 'e-mail addresses',
  agents: 'user agents',
} as const;

export type Redactable = keyof typeof REDACTABLE;

/** The manifest's description of a redaction. */
export interface Redaction {
  /** What was replaced, in the order of {@link REDACTABLE}. */
  readonly what: readonly Redactable[];
  /** The number of originals with a pseudonym. */
  readonly pseudonyms: number;
}
