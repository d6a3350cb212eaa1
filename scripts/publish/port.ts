/** Where a finished report is shared. The pipeline knows only this; `s3.ts` implements it. */

export interface PublishFile {
  /** Where it lies now. */
  readonly path: string;
  /** Its name below the published prefix. */
  readonly name: 'index.html' | 'manifest.json';
}

export interface Published {
  /** The link to give to others. */
  readonly url: string;
  /** Sentences about what was done or should be known, in order. */
  readonly notes: readonly string[];
}

export interface Publisher {
  /** One sentence: who will be able to read the report, as far as it can be told. To be said before anything is uploaded. */
  readonly readers: string;
  /** Uploads the files, index.html last. Throws a `CulpritError` of kind `publish` whose sentence says what to do. */
  publish(files: readonly PublishFile[]): Promise<Published>;
  close(): void;
}
