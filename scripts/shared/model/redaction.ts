/** What `--redact` can replace, each with what it means. */
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

/** What the manifest says of a redacted report. */
export interface Redaction {
  /** What was replaced, in the order of {@link REDACTABLE}. */
  readonly what: readonly Redactable[];
  /** How many originals have a pseudonym. */
  readonly pseudonyms: number;
}
