/** Which blocks must be with the worker before it can answer. */
import type { BlockRef, CodesRef, EmbeddedColumn, EmbeddedManifest } from '#shared/format/report-format.js';

/** The column as it is embedded. */
export function embeddedColumn({ columns }: EmbeddedManifest, name: string): EmbeddedColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`the report has no column ${name}`);
  return column;
}

/** The codes of a column, or of 'identity': its own blocks and those of the columns that predict it. */
export function blocksOfCodes(manifest: EmbeddedManifest, name: string): readonly BlockRef[] {
  const codes: CodesRef = name === 'identity' ? manifest.identity : embeddedColumn(manifest, name).codes;
  return codes.given === undefined ? codes.blocks : [...blocksOfCodes(manifest, codes.given), ...codes.blocks];
}

/** A whole column. */
export function blocksOfColumn(manifest: EmbeddedManifest, name: string): readonly BlockRef[] {
  const { dictionary, lists = [] } = embeddedColumn(manifest, name);
  return [...blocksOfCodes(manifest, name), ...dictionary, ...lists];
}

/** All details: their segments, newest first, and the resources that they refer to. */
export function blocksOfDetail(manifest: EmbeddedManifest): readonly BlockRef[] {
  return [...blocksOfColumn(manifest, 'resources'), ...manifest.detail.segments.slice().reverse()];
}
