/** The query for all events that an answer is about. */
import type { FieldNode, Query } from '#shared/query/ast.js';
import { resourceNode, valueNode } from '#shared/query/edit.js';
import { columnOf } from '#shared/query/fields.js';
import type { Answer } from '#scripts/investigate/answer.js';
import type { CallerKind } from '#scripts/investigate/caller-rows.js';

const COLUMNS: Readonly<Record<CallerKind, string>> = {
  person: 'actor',
  role: 'role',
  key: 'accessKeyId',
  address: 'sourceIPAddress',
  account: 'accountId',
  service: 'invokedBy',
};

export function evidenceQuery({ asked, resource, caller, event, calls }: Answer): Query {
  if (calls) return calls.query;
  // A word finds mentions too; but not where it must be told from others of that name.
  if (resource) return resource.isNarrow ? narrow(asked) : [{ kind: 'word', text: resource.name, quoted: true }];
  if (event) return [valueNode('eventName', event.name)];
  if (!caller) return [{ kind: 'word', text: asked, quoted: true }];
  const [kind = 'person'] = caller.kinds;
  // “root” is one name for the root users of all accounts.
  if (kind === 'person' && asked.toLowerCase() === 'root') return [field('type', 'Root')];
  if (kind === 'person' && asked.toLowerCase().startsWith('arn:')) return [field('arn', asked)];
  return [field(COLUMNS[kind], kind === 'person' ? caller.name : asked)];
}

/** `role/web account:111122223333` as terms of a query. */
function narrow(asked: string): Query {
  const parts = /^(.*?)((?:\s+(?:account|region|service):\S+)*)$/is.exec(asked.trim());
  const [, name = '', qualifiers = ''] = parts ?? [];
  const terms = qualifiers.split(/\s+/).filter(Boolean);
  return [
    resourceNode(name),
    ...terms.map((term) => {
      const [column = '', value = ''] = term.split(':');
      return field(columnOf(column) ?? column, value);
    }),
  ];
}

function field(column: string, value: string): FieldNode {
  return valueNode(column, value);
}
