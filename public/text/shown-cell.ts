/** A column's value in the user's language; the value itself stays as in `events.tsv`. */
import { shownValue } from '#shared/model/names.js';
import { parseHow, type How } from '#shared/model/how-known.js';
import { isTextKey, LANGUAGE, text } from './language.js';

export function shownCell(column: string, value: string): string {
  const shown = shownValue(column, value);
  switch (column) {
    case 'behind':
      return personText(shown);
    case 'via':
      return shown.replace(/(^| → )federation token (\S+)/g, (_, before: string, name: string) => {
        return before + text('person.token', { name });
      });
    case 'behindHow':
      return LANGUAGE === 'en' ? shown : howText(shown);
    default:
      return shown;
  }
}

/** The name of the person behind a call; the column has the parts that are not names in English. */
export function personText(name: string): string {
  const workload = /^workload (\S.*?)(?: \(role ([\w+=,.@-]+)\))?( \([^()]*\))?$/s.exec(name);
  if (!workload) {
    return name.replace(/ \((source identity|identity provider)((?:, \d+)?)\)$/, (_, place: string, number: string) => {
      return ` (${text(place === 'source identity' ? 'person.sourceIdentity' : 'person.provider')}${number})`;
    });
  }
  const [, called = '', role, place = ''] = workload;
  const shown = text('person.workload', { name: called });
  return (role === undefined ? shown : text('person.inRole', { name: shown, role })) + place;
}

/** Why the person is unknown, as a sentence. */
export function whyText({ why, account, candidates }: NonNullable<How['unknown']>): string {
  if (account !== '') return text('why.other account.id', { account });
  const names = candidates.flatMap((some) => some.split(' or ')).map(personText);
  return names.length === 0
    ? text(`why.${why}`)
    : text('why.ambiguous.names', { names: names.join(text('facet.tip.and')) });
}

function howText(value: string): string {
  const { known, unknown, elsewhere = [] } = parseHow(value) ?? {};
  const join = known && `join.${known.join}`;
  if (!unknown && !(join && isTextKey(join))) return value;
  const parts = [
    unknown
      ? whyText(unknown)
      : text('chain.how', {
          join: text(join as Parameters<typeof text>[0]),
          confidence: text(`chain.${known?.confidence ?? 'likely'}`),
        }),
    ...elsewhere.map(({ address, program, first, last }, i) => {
      const used = text(first === last ? 'chain.used' : 'chain.used.span', { address, program, first, last });
      return `${text(i === 0 ? 'chain.home' : 'chain.foreign')}: ${used}`;
    }),
  ];
  return parts.join('; ');
}
