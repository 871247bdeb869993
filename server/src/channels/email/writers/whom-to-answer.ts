import { isSameOrganisation } from '../reading/same-organisation.ts';
import { isNobody } from './who-wrote.ts';

export interface Answerable {
  /** Who wrote it. */
  readonly from: string;
  /** Whom it asks to answer; null: nobody in particular. */
  readonly asked: string | null;
  /** Whether it is proved that the writer wrote it; null: nobody looked. */
  readonly verified: boolean | null;
}

export interface Addressee {
  /** Whom an answer goes to; null: nobody is known. */
  readonly to: string | null;
  /** Whom an unproved letter asks to answer although that is another house: whoever forged it reads there. */
  readonly elsewhere: string | null;
}

/** Where an answer goes to unless somebody chooses otherwise: never to a stranger's address on the word of a letter that anybody may have sent. */
export function whomToAnswer({ from, asked, verified }: Answerable): Addressee {
  if (asked === null || asked === from || verified !== false || isSameOrganisation(from, asked))
    return { to: asked, elsewhere: null };
  return { to: isNobody({ address: from }) ? asked : from, elsewhere: asked };
}
