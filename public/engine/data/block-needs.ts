/** The blocks that the worker needs before it can respond to a request. */
import type { BlockRef, CodesRef, EmbeddedColumn, EmbeddedManifest } from '#shared/format/report-format.js';

/** The embedded column with this name. Throws if there is none. */
export function embeddedColumn({ columns }: EmbeddedManifest, name: string): EmbeddedColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`the report has no column ${name}`);
  return column;
}

/** The blocks for the codes of a column, or of 'identity': its own and those of the columns that predict it. */
export function blocksOfCodes(manifest: EmbeddedManifest, name: string): readonly BlockRef[] {
  const codes: CodesRef = name === 'identity' ? manifest.identity : embeddedColumn(manifest, name).codes;
  return codes.given === undefined ? codes.blocks : [...blocksOfCodes(manifest, codes.given), ...codes.blocks];
}

/** The blocks of a whole column. */
export function blocksOfColumn(manifest: EmbeddedManifest, name: string): readonly BlockRef[] {
  const { dictionary, lists = [] } = embeddedColumn(manifest, name);
  return [...blocksOfCodes(manifest, name), ...dictionary, ...lists];
}

/** The blocks of all details: their segments, newest first, and the resources that they refer to. */
export function blocksOfDetail(manifest: EmbeddedManifest): readonly BlockRef[] {
  return [...blocksOfColumn(manifest, 'resources'), ...manifest.detail.segments.slice().reverse()];
}
