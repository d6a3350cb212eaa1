/** The choice of the time zone, in the head: UTC, the reader's own, or any that the browser knows. */
import { byId, el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { currentZone, localZone, showZone, zoneLabel } from '#public/text/zone.js';

/** What stands first in the list, and what the key goes to and fro between. */
const UTC = 'UTC';

export class ZoneChoice {
  private readonly select = byId<HTMLSelectElement>('zone');
  /** What is seen of the choice: the list itself would be as wide as its longest name. */
  private readonly face = byId('zone-name');
  private readonly note = byId('zone-note');
  /** The zone that the key goes to from UTC. */
  private other = localZone();

  /** @param onChoose called with the zone's name; '' is UTC */
  constructor(private readonly onChoose: (zone: string) => void) {
    const own = localZone();
    this.select.append(
      el('option', { value: UTC }, UTC),
      ...(own === UTC ? [] : [el('option', { value: own }, text('zone.local', { zone: own.replaceAll('_', ' ') }))]),
    );
    this.select.addEventListener('change', () => this.choose(this.select.value));
    this.show('');
  }

  /** Adds all zones that the browser knows: some 400, for which the page's first picture does not wait. */
  offerAll(): void {
    const all = Intl.supportedValuesOf('timeZone').map((name) =>
      el('option', { value: name }, name.replaceAll('_', ' ')),
    );
    this.select.append(el('optgroup', { label: text('zone.all') }, ...all));
  }

  /** From UTC to the reader's zone, or to the one chosen last, and back. */
  toggle(): void {
    this.choose(currentZone() === UTC ? this.other : UTC);
  }

  /** Shows times in this zone; '' and a zone that the browser does not know are UTC. */
  show(zone: string): void {
    if (!showZone(zone === '' ? UTC : zone)) showZone(UTC);
    const name = currentZone();
    if (name !== UTC) this.other = name;
    this.select.value = name;
    // A name that the browser understands without listing it.
    if (this.select.value !== name) {
      this.select.append(el('option', { value: name }, name));
      this.select.value = name;
    }
    // The city alone is enough to know one's own by; the whole name is in the tooltip.
    this.face.textContent = name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
    this.note.hidden = name === UTC;
    this.select.title = text('zone.title', { zone: `${name} (${zoneLabel(Date.now())})` });
  }

  private choose(zone: string): void {
    this.onChoose(zone === UTC ? '' : zone);
  }
}
