import { declaredCharset, type MimePart } from '../decoding/mime-parts.ts';
import { readAddresses } from '../reading/addresses.ts';

/** What a message brings along to prove who sent it: read, not believed. */
export interface Signs {
  /** Every address in its From headers: one alone can be proved. */
  readonly from: readonly string[];
  /** The names in the DNS under which the keys of its DKIM signatures stand. */
  readonly keys: readonly string[];
  /** Its Authentication-Results, the uppermost first. */
  readonly results: readonly string[];
}

const MAX_SIGNATURES = 5;
const MAX_RESULTS = 10;
const MAX_HEADER = 4_000;

export function readSigns(root: MimePart): Signs {
  const valuesOf = (name: string) =>
    root.headers.flatMap((header) => (header.name === name ? [header.value.slice(0, MAX_HEADER)] : []));
  const keys = valuesOf('dkim-signature').slice(0, MAX_SIGNATURES).flatMap(keyOf);
  const from = valuesOf('from').flatMap((value) => readAddresses(value, declaredCharset(root)));
  return {
    from: from.map(({ address }) => address),
    keys: [...new Set(keys)],
    results: valuesOf('authentication-results').slice(0, MAX_RESULTS),
  };
}

function keyOf(signature: string): string[] {
  const tags = new Map(
    signature.split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=');
      return [name.trim().toLowerCase(), value.join('=').replace(/\s+/g, '').toLowerCase()];
    }),
  );
  const [domain, selector] = [tags.get('d'), tags.get('s')];
  return domain && selector ? [`${selector}._domainkey.${domain}`] : [];
}
