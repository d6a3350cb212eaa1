/** The table of pseudonyms: an original always has the same one, and no two originals share one. */

/** What a pseudonym calls what it stands for: `user-7`. */
export type Label = string;

/** How many digits follow the prefix of an ID that AWS made, as in real ones. */
const RESOURCE_DIGITS = 17;
const UNIQUE_DIGITS = 16;

export class Pseudonyms {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<Label, number>();
  /** By network, its number and how many addresses of it there are. */
  private readonly networks = new Map<string, { readonly name: string; addresses: number }>();

  /** How many originals have one. */
  get size(): number {
    return this.known.size;
  }

  /** Every original with its pseudonym, in the order they were given. */
  entries(): IterableIterator<[original: string, pseudonym: string]> {
    return this.known.entries();
  }

  /** The pseudonym that was given before; undefined where there is none. */
  find(original: string): string | undefined {
    return this.known.get(original);
  }

  /** The original's pseudonym: `label-N`, where it has none yet. */
  of(original: string, label: Label): string {
    return this.known.get(original) ?? this.give(original, `${label}-${this.next(label)}`);
  }

  /** That of an ID such as i-0123456789abcdef0: its prefix and a number in as many digits, so that it still is one. */
  ofResourceId(original: string, prefix: string): string {
    return this.known.get(original) ?? this.give(original, prefix + this.next(prefix).padStart(RESOURCE_DIGITS, '0'));
  }

  /** That of an access key or a unique ID of IAM: its four letters, and a number. */
  ofUniqueId(original: string): string {
    const prefix = original.slice(0, 4);
    return this.known.get(original) ?? this.give(original, prefix + this.next(prefix).padStart(UNIQUE_DIGITS, '0'));
  }

  /** That of an address: `ip-N`, and for further addresses of its network `ip-N-2`, `ip-N-3`, …. */
  ofAddress(original: string, network: string): string {
    const known = this.known.get(original);
    if (known !== undefined) return known;
    let of = this.networks.get(network);
    if (!of) this.networks.set(network, (of = { name: `ip-${this.next('ip')}`, addresses: 0 }));
    of.addresses++;
    return this.give(original, of.addresses === 1 ? of.name : `${of.name}-${String(of.addresses)}`);
  }

  private next(label: Label): string {
    const count = (this.counts.get(label) ?? 0) + 1;
    this.counts.set(label, count);
    return String(count);
  }

  private give(original: string, pseudonym: string): string {
    this.known.set(original, pseudonym);
    return pseudonym;
  }
}
