import { expect, test } from 'vitest';
import type { Rule } from '#scripts/investigate/findings/finding.js';
import { messageOf, webhookBody } from '#scripts/notify/message.js';

const NONE = { en: '', ja: '' };
const rule = (level: Rule['level'], en: string): Rule => ({
  ...{ id: en, title: { en, ja: en }, level, kind: 'odd', techniques: [], cis: [], author: '' },
  ...{ why: NONE, next: NONE, falsePositives: NONE },
});

test('a message counts by level, names at most 20 titles, and ends with the link', () => {
  const news = Array.from({ length: 22 }, (_, i) => ({
    rule: rule(i === 0 ? 'high' : 'medium', `R${String(i)}`),
    count: i + 1,
  }));
  const lines = messageOf(news, 'https://example.com/report').text.split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'Culprit: 22 new findings (1 high, 21 medium)',
    'high: R0 (1 event)',
    'medium: R1 (2 events)',
  ]);
  expect(lines.slice(-2)).toEqual(['and 2 more', 'https://example.com/report']);
  expect(lines).toHaveLength(23);
});

test('Slack gets an escaped text, Teams a card, and others the whole message', () => {
  const message = messageOf([{ rule: rule('low', 'a <b> & c'), count: 1 }], undefined);
  expect(webhookBody('hooks.slack.com', message)).toEqual({
    text: 'Culprit: 1 new finding (1 low)\nlow: a &lt;b&gt; &amp; c (1 event)',
  });
  expect(webhookBody('prod-1.westeurope.logic.azure.com', message)).toMatchObject({
    type: 'message',
    attachments: [
      { content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock' }, { text: 'low: a <b> & c (1 event)' }] } },
    ],
  });
  expect(webhookBody('slack.com.example.com', message)).toBe(message);
});
