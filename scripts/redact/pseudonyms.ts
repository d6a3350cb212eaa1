/** The table of pseudonyms. Equal originals get the same pseudonym, different ones get different pseudonyms. */

/** The noun in a pseudonym, such as `user` in `user-7`. */
export type Label = string;

/** The number of digits after the prefix of a resource ID, as in real ones. */
const RESOURCE_DIGITS = 17;
const UNIQUE_DIGITS = 16;

export class Pseudonyms {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<Label, number>();
  /** For each network: its pseudonym and the number of its addresses. */
  private readonly networks = new Map<string, { readonly name: string; addresses: number }>();

  /** The number of originals. */
  get size(): number {
    return this.known.size;
  }

  /** Every original with its pseudonym, in the order in which they were assigned. */
  entries(): IterableIterator<[original: string, pseudonym: string]> {
    return this.known.entries();
  }

  /** The pseudonym assigned earlier; undefined if there is none. */
  find(original: string): string | undefined {
    return this.known.get(original);
  }

  /** The original's pseudonym; a new one has the form `label-N`. */
  of(original: string, label: Label): string {
    return this.known.get(original) ?? this.give(original, `${label}-${this.next(label)}`);
  }

  /**
   * The pseudonym of an ID such as i-0123456789abcdef0: the same prefix and a number with as many digits, so that it
   * has the form of an ID.
   */
  ofResourceId(original: string, prefix: string): string {
    return this.known.get(original) ?? this.give(original, prefix + this.next(prefix).padStart(RESOURCE_DIGITS, '0'));
  }

  /** The pseudonym of an access key or a unique ID of IAM: its first four letters and a number. */
  ofUniqueId(original: string): string {
    const prefix = original.slice(0, 4);
    return this.known.get(original) ?? this.give(original, prefix + this.next(prefix).padStart(UNIQUE_DIGITS, '0'));
  }

  /** The pseudonym of an address: `ip-N`, and for further addresses in the same network `ip-N-2`, `ip-N-3`, … */
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
