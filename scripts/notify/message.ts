/** What a notification says: how many findings are new, their titles, and the report's link. Never a text of the log. */
import type { Rule } from '#scripts/investigate/findings/finding.js';
import { type Level, LEVELS } from '#shared/model/level.js';

/** A rule that found something new. */
export interface News {
  readonly rule: Rule;
  /** Events that nobody was told of. */
  readonly count: number;
}

export interface Message {
  readonly text: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly title: string;
    readonly level: Level;
    readonly count: number;
  }[];
  /** Where the report was published; absent if it was not. */
  readonly link?: string;
}

/** Titles that a message names; the others are counted. */
const MOST = 20;

/** @param news the most serious first; not empty */
export function messageOf(news: readonly News[], link: string | undefined): Message {
  const counts = [...LEVELS].reverse().flatMap((level) => {
    const count = news.filter(({ rule }) => rule.level === level).length;
    return count === 0 ? [] : [`${String(count)} ${level}`];
  });
  const noun = news.length === 1 ? 'new finding' : 'new findings';
  const lines = news
    .slice(0, MOST)
    .map(({ rule, count }) => `${rule.level}: ${rule.title.en} (${String(count)} ${count === 1 ? 'event' : 'events'})`);
  return {
    text: [
      `Culprit: ${String(news.length)} ${noun} (${counts.join(', ')})`,
      ...lines,
      ...(news.length > MOST ? [`and ${String(news.length - MOST)} more`] : []),
      ...(link === undefined ? [] : [link]),
    ].join('\n'),
    findings: news.map(({ rule: { id, title, level }, count }) => ({ rule: id, title: title.en, level, count })),
    ...(link !== undefined && { link }),
  };
}

/** The body that a webhook wants: Slack's, that of Teams, or of any other. */
export function webhookBody(host: string, message: Message): object {
  // Source: Slack API, "Formatting text": these three characters are escaped.
  const escaped = message.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (/(?:^|\.)slack\.com$/.test(host)) return { text: escaped };
  if (!/\.(?:office|office365|logic\.azure|powerplatform|powerautomate)\.com$/.test(host)) return message;
  // Source: Microsoft Teams, "Create incoming webhooks with Workflows".
  const body = message.text.split('\n').map((text) => ({ type: 'TextBlock', text, wrap: true }));
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
