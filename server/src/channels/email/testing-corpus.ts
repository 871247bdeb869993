import fs from 'node:fs';
import path from 'node:path';
import { rootFolder } from '../../platform/config/config.ts';

/** For tests: the folder of real mail and other people's data (docs/testing.md); undefined where there is none. */
export function findCorpus(): string | undefined {
  const folder = process.env.CORPUS_DIR ?? path.resolve(rootFolder, '../shared/data');
  return fs.existsSync(path.join(folder, 'email/INDEX.tsv')) ? folder : undefined;
}

export interface CorpusMail {
  /** `bounces/rfc3464-01.eml` */
  readonly file: string;
  readonly raw: Buffer;
}

/** Every message that the corpus lists, its bytes untouched. */
export function readCorpusMail(corpus: string): CorpusMail[] {
  const folder = path.join(corpus, 'email');
  const lines = fs.readFileSync(path.join(folder, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [file = ''] = line.split('\t');
    return { file, raw: fs.readFileSync(path.join(folder, file)) };
  });
}
