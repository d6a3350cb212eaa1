/** The words of a page that is encrypted, in English; an ordinary page does not carry them. */
export const unlockEn = {
  'unlock.title': 'This report is encrypted',
  'unlock.why.key':
    'It opens with the link that was shared with you, which ends in #key= and a key. If that part was lost on the way, paste the whole link, or its key, here.',
  'unlock.why.passphrase':
    'It opens with the passphrase that was agreed on for it. Nothing you type leaves this browser.',
  'unlock.key': 'Link or key',
  'unlock.passphrase': 'Passphrase',
  'unlock.show': 'Show what I type',
  'unlock.open': 'Open the report',
  'unlock.opening': 'Opening…',
  'unlock.empty.key': 'Paste the link or its key first.',
  'unlock.empty.passphrase': 'Type the passphrase first.',
  'unlock.wrong.key':
    'This key does not open the report: the link was cut or changed on its way, or the report was published again with another key. Ask for the current link.',
  'unlock.wrong.passphrase': 'This passphrase does not open the report. Check capitals and spaces, and try again.',
  'unlock.failed':
    'This browser could not try the passphrase, which takes 128 MB of memory for a moment. Close other tabs and try again, or open the report on another device.',
  'unlock.damaged.title': 'The report does not open',
  'unlock.damaged':
    'The data of this report is not as it was published, so nothing of it is shown. Load the page again; if that does not help, ask for it to be published again.',
  'unlock.link.title': 'Copy link: who may open it?',
  'unlock.link.with': 'Whoever has the link',
  'unlock.link.with.note': 'The copy holds the key. Send it only to those who may read the report.',
  'unlock.link.without': 'Only who has the key already',
  'unlock.link.without.note': 'The copy shows the way to this view, and does not open the report.',
  'unlock.link.cancel': 'Cancel',
} as const;

export type UnlockKey = keyof typeof unlockEn;
