/** What was asked about, and which names in the log mean it. */

/** What follows the last `/` or `:` of an ARN or a URL. */
const LAST_PART = /[^/:]+$/;

/** CloudWatch Logs writes a group's ARN with all its streams. */
const ALL_STREAMS = /:\*$/;

export class Target {
  /** In lower case. */
  readonly text: string;
  /** The last part of the ARN, where the question is one. */
  private readonly last: string;

  constructor(readonly asked: string) {
    this.text = asked.trim().replace(ALL_STREAMS, '').toLowerCase();
    this.last = this.text.startsWith('arn:') ? (LAST_PART.exec(this.text)?.[0] ?? '') : '';
  }

  /** What every name that means the target contains, in lower case. */
  get part(): string {
    return this.last || this.text;
  }

  /** Whether a name in the log means the target: itself, its ARN, its URL, or the end of the ARN that was asked about. */
  means(name: string): boolean {
    const lower = name.toLowerCase().replace(ALL_STREAMS, '');
    if (lower === this.text) return true;
    if (this.last !== '') return lower === this.last && !lower.startsWith('arn:');
    if (this.text === '' || !lower.endsWith(this.text)) return false;
    const before = lower[lower.length - this.text.length - 1];
    return (before === '/' || before === ':') && /^(?:arn:|https?:)/.test(lower);
  }
}
