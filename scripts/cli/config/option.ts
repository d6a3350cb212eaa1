/** What an option is, whichever table it stands in. */

/**
 * What an option's value is.
 * - `text`: one text; given twice, the last one counts
 * - `target`: a text, or `false` to say "not this time" where the config file has one
 * - `list`: texts; repeatable, and several in one when separated by commas
 * - `number`: a number above 0
 * - `switch`: on or off
 */
export type OptionKind = 'text' | 'target' | 'list' | 'number' | 'switch';

export interface Option {
  /** The key in the config file. */
  readonly key: string;
  /** The long flag without its dashes; of a switch that is on by default, the flag that turns it off. */
  readonly flag: string;
  readonly kind: OptionKind;
  /** What the value is called in the help; of switches, ''. */
  readonly argument: string;
  /** What the flag means without a value. */
  readonly alone?: string;
  /** A value as an example for error messages, as JSON. */
  readonly example: string;
  readonly group: 'Events' | 'Output' | 'Publishing' | 'S3 access' | 'Integrity' | 'Messages' | 'Other';
  readonly help: string;
  /**
   * What is said at the beginning of a run whose config file sets it, because whoever can write that file decides what is
   * masked, guarded or proven, and where things go. `{}` stands for the value; a switch is told of when it is on.
   */
  readonly told?: string;
  /** Only makes sense for one run, so the config file must not have it. */
  readonly onlyFlag?: true;
}
