/** The reader's guard: a page reads the format that it was built for, and says so where it is another. */
import { FORMAT_NAME, FORMAT_VERSION, type EmbeddedManifest } from '#shared/format/report-format.js';

/** The manifest. Throws where the text is damaged or of another format. */
export function readManifest(json: string): EmbeddedManifest {
  const manifest = JSON.parse(json) as Partial<EmbeddedManifest>;
  const { format, version } = manifest as { format?: unknown; version?: unknown };
  if (format !== FORMAT_NAME || version !== FORMAT_VERSION) {
    throw new Error(`the data is ${String(format)} ${String(version)}, not ${FORMAT_NAME} ${String(FORMAT_VERSION)}`);
  }
  return manifest as EmbeddedManifest;
}
