/** Asks for the key or passphrase of the report until one opens it. */
import { el } from '#public/ui/dom.js';
import { unlockText } from '#public/text/unlock-text.js';

type Secret = 'key' | 'passphrase';

export class UnlockForm {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly fault = el('p', { class: 'unlock-fault', id: 'unlock-fault', role: 'alert' });
  private readonly button = el('button', { class: 'button is-main', type: 'submit' }, unlockText('unlock.open'));

  /** @param onTry receives the typed text; the form waits for it, and says so if it fails */
  constructor(
    private readonly secret: Secret,
    private readonly onTry: (typed: string) => Promise<void>,
  ) {
    this.input = el('input', {
      id: 'unlock-secret',
      type: 'password',
      autocomplete: secret === 'key' ? 'off' : 'current-password',
      autocapitalize: 'off',
      spellcheck: 'false',
      'aria-describedby': 'unlock-why unlock-fault',
    });
    const show = el('input', { type: 'checkbox' });
    show.addEventListener('change', () => (this.input.type = show.checked ? 'text' : 'password'));
    const form = el(
      'form',
      { class: 'unlock-form' },
      el('label', { for: 'unlock-secret' }, unlockText(`unlock.${secret}`)),
      this.input,
      el('label', { class: 'unlock-show' }, show, el('span', {}, unlockText('unlock.show'))),
      this.fault,
      this.button,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.element = el(
      'main',
      { class: 'unlock', id: 'unlock' },
      el('h1', {}, unlockText('unlock.title')),
      el('p', { id: 'unlock-why' }, unlockText(`unlock.why.${secret}`)),
      form,
    );
  }

  show(): void {
    document.body.prepend(this.element);
    this.input.focus();
  }

  /** Shows what is wrong with the typed text. */
  complain(fault: 'empty' | 'wrong'): void {
    this.fault.textContent = unlockText(`unlock.${fault}.${this.secret}`);
    this.input.setAttribute('aria-invalid', 'true');
    this.input.focus();
    this.input.select();
  }

  /** Says that the text could not be tried. It stays for another attempt. */
  private giveUp(): void {
    this.fault.textContent = unlockText('unlock.failed');
    this.input.focus();
  }

  private async submit(): Promise<void> {
    if (this.button.getAttribute('aria-disabled') === 'true') return;
    this.fault.textContent = '';
    this.input.removeAttribute('aria-invalid');
    if (this.input.value.trim() === '') {
      this.complain('empty');
      return;
    }
    // Not `disabled`, which would remove the focus.
    this.button.setAttribute('aria-disabled', 'true');
    this.button.textContent = unlockText('unlock.opening');
    try {
      await this.onTry(this.input.value);
    } catch {
      this.giveUp();
    } finally {
      this.button.removeAttribute('aria-disabled');
      this.button.textContent = unlockText('unlock.open');
    }
  }
}
