/** The type of an option, for every table of options. */

/**
 * The type of an option's value.
 * - `text`: one string; if given twice, the last one counts
 * - `target`: a string, or `false` to override a value of the config file
 * - `list`: strings; repeatable, or several in one separated by commas
 * - `number`: a number greater than 0
 * - `switch`: on or off
 */
export type OptionKind = 'text' | 'target' | 'list' | 'number' | 'switch';

export interface Option {
  /** The key in the config file. */
  readonly key: string;
  /** The long flag without its dashes; for a switch that is on by default, the flag that turns it off. */
  readonly flag: string;
  readonly kind: OptionKind;
  /** The name of the value in the help; '' for switches. */
  readonly argument: string;
  /** The value if the flag is given without one. */
  readonly alone?: string;
  /** An example of a value for error messages, as JSON. */
  readonly example: string;
  readonly group: 'Events' | 'Output' | 'Publishing' | 'S3 access' | 'Integrity' | 'Findings' | 'Messages' | 'Other';
  readonly help: string;
  /**
   * Printed at the start of a run if the config file sets the option, because the author of that file decides what is
   * masked, guarded or verified, and where things go. `{}` stands for the value; a switch is reported if it is on.
   */
  readonly told?: string;
  /** Only makes sense for one run, so the config file must not contain it. */
  readonly onlyFlag?: true;
}
