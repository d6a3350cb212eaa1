/** The choice of the time zone in the header: UTC, the user's own, or any zone that the browser knows. */
import { byId, el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { currentZone, localZone, showZone, zoneLabel } from '#public/text/zone.js';

/** The first zone of the list, and one of the two between which the key toggles. */
const UTC = 'UTC';

export class ZoneChoice {
  private readonly select = byId<HTMLSelectElement>('zone');
  /** The visible part of the choice: the list itself would be as wide as its longest name. */
  private readonly face = byId('zone-name');
  private readonly note = byId('zone-note');
  /** The zone to which the key switches from UTC. */
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

  /** Adds all zones that the browser knows: some 400, after the page's first paint. */
  offerAll(): void {
    const all = Intl.supportedValuesOf('timeZone').map((name) =>
      el('option', { value: name }, name.replaceAll('_', ' ')),
    );
    this.select.append(el('optgroup', { label: text('zone.all') }, ...all));
  }

  /** Switches from UTC to the user's zone, or to the last chosen one, and back. */
  toggle(): void {
    this.choose(currentZone() === UTC ? this.other : UTC);
  }

  /** Shows times in this zone; '' and unknown zones mean UTC. */
  show(zone: string): void {
    if (!showZone(zone === '' ? UTC : zone)) showZone(UTC);
    const name = currentZone();
    if (name !== UTC) this.other = name;
    this.select.value = name;
    // A name that the browser accepts but does not list.
    if (this.select.value !== name) {
      this.select.append(el('option', { value: name }, name));
      this.select.value = name;
    }
    // The city is enough to recognize one's own zone; the whole name is in the tooltip.
    this.face.textContent = name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
    this.note.hidden = name === UTC;
    this.select.title = text('zone.title', { zone: `${name} (${zoneLabel(Date.now())})` });
  }

  private choose(zone: string): void {
    this.onChoose(zone === UTC ? '' : zone);
  }
}
