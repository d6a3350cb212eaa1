/** The words of a page that is encrypted, in English; an ordinary page does not carry them. */
export const unlockEn = {
  'unlock.title': 'This report is encrypted',
  'unlock.why.key':
    'It opens with the link that was shared with you, which ends in #key= and a key. If that part is missing, paste the whole link or its key here.',
  'unlock.why.passphrase': 'It opens with the passphrase that you were given. Nothing you type leaves this browser.',
  'unlock.key': 'Link or key',
  'unlock.passphrase': 'Passphrase',
  'unlock.show': 'Show what I type',
  'unlock.open': 'Open the report',
  'unlock.opening': 'Opening…',
  'unlock.empty.key': 'Paste the link or its key first.',
  'unlock.empty.passphrase': 'Type the passphrase first.',
  'unlock.wrong.key':
    'This key does not open the report. The link was cut or changed, or the report was published again with another key. Ask for the current link.',
  'unlock.wrong.passphrase': 'This passphrase does not open the report. Check capitals and spaces, and try again.',
  'unlock.failed':
    'This browser could not check the passphrase, which briefly takes 128 MB of memory. Close other tabs and try again, or open the report on another device.',
  'unlock.damaged.title': 'The report does not open',
  'unlock.damaged':
    'The data of this report differs from what was published, so none of it is shown. Reload the page; if that does not help, ask for the report to be published again.',
  'unlock.link.title': 'Copy link: who may open it?',
  'unlock.link.with': 'Anyone with the link',
  'unlock.link.with.note': 'The copied link contains the key. Send it only to people who may read the report.',
  'unlock.link.without': 'Only people who already have the key',
  'unlock.link.without.note': 'The copied link leads to this view, but does not open the report.',
  'unlock.link.cancel': 'Cancel',
} as const;

export type UnlockKey = keyof typeof unlockEn;
